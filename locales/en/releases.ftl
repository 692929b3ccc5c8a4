# releases
