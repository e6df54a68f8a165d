"""Workers, in processes of this machine or on a Dask cluster, and the tasks that they do."""
