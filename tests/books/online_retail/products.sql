-- A product has several descriptions; the most frequent one is its name. There are no categories.
select trim(StockCode) as product_id, mode(Description) as name
from (
    select StockCode, Description from 'year_2009_2010.parquet'
    union all
    select StockCode, Description from 'online_retail_2010_2011.parquet'
)
group by trim(StockCode)
