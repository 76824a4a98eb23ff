select customerNumber as account_id, customerName as name, country as region,
    salesRepEmployeeNumber as manager_id
from 'customers.csv'
