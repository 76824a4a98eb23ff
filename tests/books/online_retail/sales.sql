-- Two years of invoices; the files overlap from 1 to 9 December 2010, so the first is read only before that month.
-- Lines without a customer cannot be told to an account and are left out; what is no product is left in.
with lines as (
    select Invoice as order_id, InvoiceDate as order_date, "Customer ID" as account_id, StockCode as product_id,
        Quantity as quantity, Price as unit_price
    from 'year_2009_2010.parquet' where InvoiceDate < '2010-12-01'
    union all
    select InvoiceNo, InvoiceDate, CustomerID, StockCode, Quantity, UnitPrice
    from 'online_retail_2010_2011.parquet'
)
select *, quantity * unit_price::decimal(18,4) as net_amount from lines where account_id is not null
