"""Interceptions: parcels that the carrier stops on their way and brings back to their sender (S1)."""
