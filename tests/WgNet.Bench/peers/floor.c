/*
 * The floor of the benchmark: what a program pays that does nothing with what it asks for.
 *
 *   floor routes NETNS FAMILY   receives a dump of routes and drops it; prints the messages
 *   floor uapi SOCKET TIMES     reads a WireGuard device's whole answer and drops it; prints seconds a read
 *   floor open FILE             opens a netlink socket in each namespace that the file names, and closes it; prints how many
 *   floor run COMMAND...        runs a command with its output dropped; prints its seconds and peak memory in KiB
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec / 1e9;
}

static int routes(const char *netns, int family)
{
	static char buffer[32768];
	struct { struct nlmsghdr head; struct rtmsg message; } request = {
		.head = { sizeof request, RTM_GETROUTE, NLM_F_REQUEST | NLM_F_DUMP, 1, 0 },
		.message = { .rtm_family = family },
	};
	long count = 0;
	int one = 1;
	int ns = open(netns, O_RDONLY | O_CLOEXEC);
	if (ns < 0 || setns(ns, CLONE_NEWNET))
		fail(netns);
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &one, sizeof one);
	if (fd < 0 || send(fd, &request, sizeof request, 0) < 0)
		fail("netlink");
	for (;;) {
		int left = recv(fd, buffer, sizeof buffer, 0);
		if (left < 0)
			fail("recv");
		for (struct nlmsghdr *m = (void *)buffer; NLMSG_OK(m, left); m = NLMSG_NEXT(m, left)) {
			if (m->nlmsg_type == NLMSG_DONE) {
				printf("%ld\n", count);
				return 0;
			}
			if (m->nlmsg_type == NLMSG_ERROR)
				return 1;
			count++;
		}
	}
}

static int uapi(const char *path, int times)
{
	static char buffer[65536];
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	double start = now();
	for (int i = 0; i < times; i++) {
		char last[2] = { 0 };
		int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
		if (connect(fd, (void *)&address, sizeof address) || write(fd, "get=1\n\n", 7) != 7)
			fail(path);
		while (last[0] != '\n' || last[1] != '\n') {
			int n = read(fd, buffer, sizeof buffer);
			if (n <= 0)
				fail("read");
			last[0] = n > 1 ? buffer[n - 2] : last[1];
			last[1] = buffer[n - 1];
		}
		close(fd);
	}
	printf("%.9f\n", (now() - start) / times);
	return 0;
}

static int open_each(const char *list)
{
	char name[256], path[300];
	long count = 0;
	FILE *names = fopen(list, "r");
	if (!names)
		fail(list);
	while (fscanf(names, "%255s", name) == 1) {
		snprintf(path, sizeof path, "/run/netns/%s", name);
		int ns = open(path, O_RDONLY | O_CLOEXEC);
		if (ns < 0 || setns(ns, CLONE_NEWNET))
			fail(path);
		int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
		struct sockaddr_nl own = { .nl_family = AF_NETLINK };
		if (fd < 0 || bind(fd, (void *)&own, sizeof own))
			fail("netlink");
		close(fd);
		close(ns);
		count++;
	}
	fclose(names);
	printf("%ld\n", count);
	return 0;
}

static int run(char **command)
{
	struct rusage used;
	double start = now();
	int status;
	pid_t pid = vfork();
	if (pid == 0) {
		/* Dies with us: an interrupted benchmark leaves nothing running. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		int null = open("/dev/null", O_WRONLY);
		dup2(null, 1);
		execvp(command[0], command);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &used) < 0)
		fail(command[0]);
	printf("%.9f %ld\n", now() - start, used.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int count, char **words)
{
	if (count == 4 && !strcmp(words[1], "routes"))
		return routes(words[2], atoi(words[3]));
	if (count == 3 && !strcmp(words[1], "open"))
		return open_each(words[2]);
	if (count == 4 && !strcmp(words[1], "uapi"))
		return uapi(words[2], atoi(words[3]));
	if (count > 2 && !strcmp(words[1], "run"))
		return run(words + 2);
	fprintf(stderr, "floor routes NETNS FAMILY | uapi SOCKET TIMES | open FILE | run COMMAND...\n");
	return 2;
}
