select employeeNumber as manager_id, firstName || ' ' || lastName as name, territory as region
from 'employees.csv' join 'offices.csv' using (officeCode)
where jobTitle = 'Sales Rep'
