"""How fast Marbre is beside other generators: `make bench`."""
