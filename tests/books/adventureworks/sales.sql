-- Reseller sales; products change over time, their alternate key stays. Amounts are in one currency already.
select SalesOrderNumber as order_id, OrderDate::date as order_date, ResellerKey as account_id,
    ProductAlternateKey as product_id, OrderQuantity as quantity, SalesAmount as net_amount,
    ExtendedAmount as list_amount, TotalProductCost as cost_amount
from 'FactResellerSales.parquet' join 'DimProduct.parquet' using (ProductKey)
