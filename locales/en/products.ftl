# products
