select EmployeeKey as manager_id, FirstName || ' ' || LastName as name, SalesTerritoryRegion as region
from 'DimEmployee.csv' left join 'DimSalesTerritory.parquet' using (SalesTerritoryKey)
where SalesPersonFlag = 1
