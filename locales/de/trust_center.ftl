# trust_center
