# sboms
