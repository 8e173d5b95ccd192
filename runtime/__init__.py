"""What every process needs before it can work: settings, Temporal, its own servers, logs, metrics."""
