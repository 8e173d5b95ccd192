"""What every case knows of parcels: carriers, scans, what they report."""
