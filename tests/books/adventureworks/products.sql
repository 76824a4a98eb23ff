-- 606 keys are 504 products: the newest version names the product.
select ProductAlternateKey as product_id, arg_max(EnglishProductName, ProductKey) as name,
    arg_max(EnglishProductCategoryName, ProductKey) as category, 'product' as kind
from 'DimProduct.parquet'
    left join 'DimProductSubcategory.parquet' using (ProductSubcategoryKey)
    left join 'DimProductCategory.parquet' using (ProductCategoryKey)
group by ProductAlternateKey
