"""Getting goods to the carrier in time: the ship deadline, who is late, what else can be done."""
