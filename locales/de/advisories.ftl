# advisories
