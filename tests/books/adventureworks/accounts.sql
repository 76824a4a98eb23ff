-- Resellers; the salesperson of the latest order answers for the account.
with latest as (
    select ResellerKey, arg_max(EmployeeKey, OrderDateKey) as EmployeeKey
    from 'FactResellerSales.parquet' group by ResellerKey
)
select ResellerKey as account_id, ResellerName as name, BusinessType as industry,
    SalesTerritoryRegion as region, EmployeeKey as manager_id
from 'DimReseller.parquet'
    join 'DimGeography.parquet' using (GeographyKey)
    join 'DimSalesTerritory.parquet' using (SalesTerritoryKey)
    left join latest using (ResellerKey)
