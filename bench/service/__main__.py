"""The minimal service's process: `python -m bench.service`, with the settings of `caseline api`."""

import uvicorn

from bench.service.app import create_service
from runtime.settings import load_settings
from runtime.tether import end_with_supervisor

if __name__ == "__main__":
    end_with_supervisor()
    settings = load_settings()
    uvicorn.run(create_service(settings), host=settings.host, port=settings.port, log_config=None, access_log=False)
