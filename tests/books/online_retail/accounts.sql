-- A customer is known by number and country alone; the country of its latest invoice counts.
select "Customer ID" as account_id, 'Customer ' || "Customer ID" as name, arg_max(Country, InvoiceDate) as region
from (
    select "Customer ID", Country, InvoiceDate from 'year_2009_2010.parquet'
    union all
    select CustomerID, Country, InvoiceDate from 'online_retail_2010_2011.parquet'
)
where "Customer ID" is not null group by "Customer ID"
