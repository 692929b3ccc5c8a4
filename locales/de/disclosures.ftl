# disclosures
