-- Orders of every status, at the price of each line; list price is the recommended retail price.
select orderNumber as order_id, orderDate as order_date, customerNumber as account_id, productCode as product_id,
    quantityOrdered as quantity, quantityOrdered * priceEach::decimal(18,2) as net_amount,
    quantityOrdered * MSRP::decimal(18,2) as list_amount, quantityOrdered * buyPrice::decimal(18,2) as cost_amount
from 'orderdetails.csv' join 'orders.csv' using (orderNumber) join 'products.csv' using (productCode)
