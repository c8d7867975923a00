"""« Santé »: what a balancer, a container or a technician asks before trusting a process."""
