select productCode as product_id, productName as name, productLine as category, 'product' as kind from 'products.csv'
