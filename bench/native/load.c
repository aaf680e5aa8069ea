/* A load generator for one POST request on 127.0.0.1: one thread, epoll, no dependency. Linux.
 *
 *   cc -O2 -o load load.c && ./load -p 4000 -b body.json -c 64 -d 5
 *
 *   -p PORT      of the server on 127.0.0.1 (4000)
 *   -u PATH      (/v1/chat/completions)
 *   -b FILE      body of the request (required)
 *   -c N         keep-alive connections (64)
 *   -d SECONDS   how long requests are started (5); those under way may end
 *   -r RATE      open loop: so many requests a second on a fixed schedule; latency counts from the
 *                moment a request was due, so a slow server cannot hide. Without it: closed loop
 *   -s           the answer is a stream of `mock`: measure its chunks
 *   -w SECONDS   closed loop: open the connections over this time (0)
 *   -H LINE      one more header line, repeatable
 *   -P PID       CPU time and memory of this process, its threads and its children
 *
 * Prints one line of JSON. Exit 1 when anything but complete answers with status 200 came.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { WINDOW = 1 << 16, KEEP = 64, STAMP = 20, EVENTS = 512, GIVE_UP = 1000 };

typedef enum { IDLE, CONNECTING, ASKING, READING } State;

typedef struct {
    int fd;
    State state;
    bool used;                /* this connection carried an answer already */
    size_t asked;             /* bytes of the request that are sent */
    char *in;                 /* the last bytes of the answer, zero-terminated */
    size_t held, seen, total; /* bytes in `in`; of these looked at for stamps; of the whole answer */
    size_t head;              /* bytes of the head, 0: not here yet */
    long length;              /* of the body, -1: chunked or until close */
    bool chunked, has_chunk;
    int status;
    int64_t start_ns;
} Conn;

typedef struct {
    float *us;
    size_t count, room;
} Samples;

static struct {
    int port, connections, pid;
    const char *path, *body;
    double seconds, rate, ramp_s;
    bool stream;
    char headers[4096];
} opt = {.port = 4000, .connections = 64, .path = "/v1/chat/completions", .seconds = 5};

static int poller;
static char *request;
static size_t request_length;
static Conn *conns;
static int *free_conns, free_count;
static Samples latency, first_chunk, delay;
static long ok, errors, other_status, no_connection;

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void *checked(void *memory)
{
    if (!memory) { perror("load"); exit(2); }
    return memory;
}

static void sample(Samples *s, int64_t ns)
{
    if (s->count == s->room) {
        s->room = s->room ? 2 * s->room : 1 << 16;
        s->us = checked(realloc(s->us, s->room * sizeof *s->us));
    }
    s->us[s->count++] = ns / 1e3;
}

static int ascending(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static double quantile(const Samples *s, double q)
{
    return s->count ? s->us[(size_t)(q * (s->count - 1))] : -1;
}

/* ---- what a process and all below it used: /proc/PID/task/TID/{schedstat,children} ---- */

typedef struct { double cpu_s, rss_mb; } Use;

static void add_use(int pid, Use *use)
{
    char name[300];
    snprintf(name, sizeof name, "/proc/%d/statm", pid);
    FILE *f = fopen(name, "r");
    long pages = 0;
    if (!f) return;
    if (fscanf(f, "%*s %ld", &pages) == 1) use->rss_mb += pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
    fclose(f);
    snprintf(name, sizeof name, "/proc/%d/task", pid);
    DIR *tasks = opendir(name);
    for (struct dirent *task; tasks && (task = readdir(tasks));) {
        if (!isdigit((unsigned char)task->d_name[0])) continue;
        long long ns = 0;
        snprintf(name, sizeof name, "/proc/%d/task/%s/schedstat", pid, task->d_name);
        if ((f = fopen(name, "r"))) {
            if (fscanf(f, "%lld", &ns) == 1) use->cpu_s += ns / 1e9;
            fclose(f);
        }
        snprintf(name, sizeof name, "/proc/%d/task/%s/children", pid, task->d_name);
        if ((f = fopen(name, "r"))) {
            for (int child; fscanf(f, "%d", &child) == 1;) add_use(child, use);
            fclose(f);
        }
    }
    if (tasks) closedir(tasks);
}

/* ---- one request after the other on each connection ---- */

static void watch(Conn *c, int operation, bool out)
{
    struct epoll_event e = {.events = EPOLLIN | (out ? EPOLLOUT : 0), .data.ptr = c};
    epoll_ctl(poller, operation, c->fd, &e);
}

static void set_free(Conn *c)
{
    c->state = IDLE;
    free_conns[free_count++] = c - conns;
}

static void hang_up(Conn *c)
{
    if (c->fd >= 0) close(c->fd);
    c->fd = -1;
    c->used = false;
}

static void fail(Conn *c)
{
    errors++;
    hang_up(c);
    set_free(c);
}

static void ask(Conn *c)
{
    c->state = ASKING;
    ssize_t n = send(c->fd, request + c->asked, request_length - c->asked, MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN) { fail(c); return; }
    if (n > 0) c->asked += n;
    if (c->asked == request_length) c->state = READING;
    watch(c, EPOLL_CTL_MOD, c->state == ASKING);
}

static void dial(Conn *c)
{
    int one = 1;
    c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (c->fd < 0) { perror("load: socket"); exit(2); }
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(opt.port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    c->state = CONNECTING;
    if (connect(c->fd, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS) { fail(c); return; }
    watch(c, EPOLL_CTL_ADD, true);
}

static void start(Conn *c, int64_t start_ns)
{
    c->asked = c->held = c->seen = c->total = c->head = 0;
    c->length = -1;
    c->chunked = c->has_chunk = false;
    c->status = 0;
    c->start_ns = start_ns;
    if (c->fd < 0) dial(c);
    else ask(c);
}

static void read_head(Conn *c)
{
    char *end = memmem(c->in, c->held, "\r\n\r\n", 4), *line = c->in;
    if (!end || c->held < 12) return;
    c->head = c->seen = end + 4 - c->in;
    c->status = atoi(c->in + 9);
    while ((line = memmem(line, end + 2 - line, "\r\n", 2)) && line < end) {
        line += 2;
        if (!strncasecmp(line, "content-length:", 15)) c->length = atol(line + 15);
        if (!strncasecmp(line, "transfer-encoding:", 18)) c->chunked = true;
    }
}

/* `mock` writes `"T<20 digits> "` into each chunk: when it was sent. */
static void read_stamps(Conn *c, int64_t got_ns)
{
    char *end = c->in + c->held, *at = c->in + c->seen;
    while ((at = memmem(at, end - at, "\"T", 2)) && end - at >= STAMP + 2) {
        int64_t sent_ns = strtoll(at + 2, NULL, 10);
        if (sent_ns > 0 && sent_ns <= got_ns) {
            if (!c->has_chunk) sample(&first_chunk, got_ns - c->start_ns);
            c->has_chunk = true;
            sample(&delay, got_ns - sent_ns);
        }
        at += STAMP + 2;
        c->seen = at - c->in;
    }
    if (!at && c->held > c->seen + 1) c->seen = c->held - 1;
}

static bool is_complete(const Conn *c)
{
    if (!c->head) return false;
    if (c->length >= 0) return c->total >= c->head + c->length;
    return c->chunked && c->held >= 7 && !memcmp(c->in + c->held - 7, "\r\n0\r\n\r\n", 7);
}

static void complete(Conn *c, int64_t got_ns)
{
    if (c->status == 200) ok++;
    else if (!other_status++) fprintf(stderr, "status %d: %.600s\n", c->status, c->in);
    sample(&latency, got_ns - c->start_ns);
    c->used = true;
    set_free(c);
}

/* Keep only the end of what was looked at: the last stamp or chunk may be cut in two. */
static void forget(Conn *c)
{
    if (c->held < WINDOW - 8192 || !c->head) return;
    size_t from = c->held - KEEP < c->seen ? c->held - KEEP : c->seen;
    memmove(c->in, c->in + from, c->held - from);
    c->held -= from;
    c->seen -= from;
}

static void receive(Conn *c)
{
    forget(c);
    ssize_t n = recv(c->fd, c->in + c->held, WINDOW - 1 - c->held, 0);
    int64_t got_ns = now_ns();
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) {
        bool was_idle = c->state == IDLE, until_close = c->head && c->length < 0 && !c->chunked;
        if (c->state == READING && until_close && n == 0) complete(c, got_ns);
        else if (c->state == READING && c->used && !c->total) { /* a stale connection: ask anew */
            hang_up(c);
            c->asked = 0;
            dial(c);
            return;
        } else if (!was_idle) { fail(c); return; }
        hang_up(c);
        return;
    }
    if (c->state != READING) return;
    c->held += n;
    c->total += n;
    c->in[c->held] = 0;
    if (!c->head) read_head(c);
    if (opt.stream && c->head) read_stamps(c, got_ns);
    if (is_complete(c)) complete(c, got_ns);
}

static void serve(Conn *c, uint32_t events)
{
    if (c->fd < 0) return;
    if (c->state == CONNECTING && events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) {
        int problem = 0;
        socklen_t size = sizeof problem;
        getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &problem, &size);
        if (problem) { fail(c); return; }
        ask(c);
    } else if (c->state == ASKING && events & EPOLLOUT) ask(c);
    if (c->fd >= 0 && events & (EPOLLIN | EPOLLHUP | EPOLLERR)) receive(c);
}

/* Start what may be started now; returns ns until the next start is due. */
static int64_t start_due(int64_t began_ns, int64_t t)
{
    static long started;
    if (opt.rate > 0) {
        for (int64_t due; (due = began_ns + (int64_t)(started * 1e9 / opt.rate)) <= t; started++) {
            if (!free_count) no_connection++;
            else start(&conns[free_conns[--free_count]], due);
        }
        return began_ns + (int64_t)(started * 1e9 / opt.rate) - now_ns();
    }
    double share = opt.ramp_s > 0 ? (t - began_ns) / 1e9 / opt.ramp_s : 1;
    long may = share >= 1 ? opt.connections : (long)(share * opt.connections) + 1;
    int parked = 0;
    for (int turns = free_count; turns-- > 0;) {
        int index = free_conns[--free_count];
        if (index < may) start(&conns[index], now_ns());
        else free_conns[free_count++] = index, parked++;
        if (parked) break; /* the stack holds high indices below: they wait for the ramp */
    }
    return 1000000;
}

static void run(int64_t began_ns)
{
    int64_t until = began_ns + (int64_t)(opt.seconds * 1e9);
    int64_t patience_ns = (opt.stream ? 8 : 3) * INT64_C(1000000000);
    struct epoll_event events[EVENTS];
    for (;;) {
        int64_t t = now_ns(), wait_ns = 1000000;
        if (t > until + patience_ns || errors > GIVE_UP) return;
        if (t < until) wait_ns = start_due(began_ns, t);
        else if (free_count == opt.connections) return;
        if (wait_ns < 0) wait_ns = 0;
        if (wait_ns > 1000000) wait_ns = 1000000;
        struct timespec wait = {0, wait_ns};
        int n = epoll_pwait2(poller, events, EVENTS, &wait, NULL);
        for (int i = 0; i < n; i++) serve(events[i].data.ptr, events[i].events);
    }
}

static void print_samples(const char *name, Samples *s)
{
    qsort(s->us, s->count, sizeof *s->us, ascending);
    printf(",\"%s\":{\"p50\":%.0f,\"p90\":%.0f,\"p99\":%.0f,\"max\":%.0f}", name, quantile(s, .5),
           quantile(s, .9), quantile(s, .99), quantile(s, 1));
}

/* Where those stand that had no end when time was up. */
static void tell_unfinished(void)
{
    int dialing = 0, asking = 0, unheard = 0, midway = 0;
    int64_t oldest_ns = 0, t = now_ns();
    for (int i = 0; i < opt.connections; i++) {
        const Conn *c = &conns[i];
        if (c->state == IDLE) continue;
        if (c->state == CONNECTING) dialing++;
        else if (c->state == ASKING) asking++;
        else if (!c->head) unheard++;
        else midway++;
        if (t - c->start_ns > oldest_ns) oldest_ns = t - c->start_ns;
    }
    fprintf(stderr, "unfinished: %d not connected, %d not sent, %d without an answer, %d midway; "
            "the oldest for %.1f s\n", dialing, asking, unheard, midway, oldest_ns / 1e9);
}

static void print_figures(double took_s, const Use *before, const Use *after)
{
    double cpu_s = after->cpu_s - before->cpu_s;
    printf("{\"ok\":%ld,\"errors\":%ld,\"other_status\":%ld,\"unfinished\":%d,\"no_connection\":%ld,"
           "\"seconds\":%.3f,\"requests_per_s\":%.1f", ok, errors, other_status,
           opt.connections - free_count, no_connection, took_s, ok / took_s);
    print_samples("latency_us", &latency);
    if (opt.stream) {
        printf(",\"chunks\":%zu,\"chunks_per_s\":%.1f", delay.count, delay.count / took_s);
        print_samples("ttft_us", &first_chunk);
        print_samples("chunk_delay_us", &delay);
    }
    if (opt.pid) {
        printf(",\"cpu_s\":%.3f,\"cpu_us_per_request\":%.1f,\"rss_mb\":%.1f", cpu_s,
               ok ? cpu_s * 1e6 / ok : -1, after->rss_mb);
        if (opt.stream)
            printf(",\"cpu_us_per_chunk\":%.2f", delay.count ? cpu_s * 1e6 / delay.count : -1);
    }
    printf("}\n");
}

static void read_options(int argc, char **argv)
{
    for (int o; (o = getopt(argc, argv, "p:u:b:c:d:r:sw:H:P:")) != -1;) switch (o) {
        case 'p': opt.port = atoi(optarg); break;
        case 'u': opt.path = optarg; break;
        case 'b': opt.body = optarg; break;
        case 'c': opt.connections = atoi(optarg); break;
        case 'd': opt.seconds = atof(optarg); break;
        case 'r': opt.rate = atof(optarg); break;
        case 's': opt.stream = true; break;
        case 'w': opt.ramp_s = atof(optarg); break;
        case 'P': opt.pid = atoi(optarg); break;
        case 'H':
            if (strlen(opt.headers) + strlen(optarg) + 3 > sizeof opt.headers) exit(2);
            strcat(strcat(opt.headers, optarg), "\r\n");
            break;
        default: fprintf(stderr, "The options stand at the head of load.c.\n"); exit(2);
    }
    if (!opt.body || opt.connections < 1) { fprintf(stderr, "-b FILE is needed, -c at least 1\n"); exit(2); }
}

static void write_request(void)
{
    FILE *f = fopen(opt.body, "rb");
    if (!f) { perror(opt.body); exit(2); }
    fseek(f, 0, SEEK_END);
    long length = ftell(f);
    rewind(f);
    request = checked(malloc(length + sizeof opt.headers + 1024));
    const char *key = strcasestr(opt.headers, "authorization:") ? "" : "Authorization: Bearer sk-bench\r\n";
    request_length = sprintf(request,
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\n%sAccept: */*\r\n"
        "User-Agent: load/1\r\n%sContent-Length: %ld\r\n\r\n", opt.path, opt.port, key, opt.headers, length);
    request_length += fread(request + request_length, 1, length, f);
    fclose(f);
}

int main(int argc, char **argv)
{
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    read_options(argc, argv);
    write_request();
    poller = epoll_create1(0);
    conns = checked(calloc(opt.connections, sizeof *conns));
    free_conns = checked(calloc(opt.connections, sizeof *free_conns));
    for (int i = opt.connections; i-- > 0;) { /* the lowest on top */
        conns[i].fd = -1;
        conns[i].in = checked(malloc(WINDOW));
        free_conns[free_count++] = i;
    }
    Use before = {0}, after = {0};
    if (opt.pid) add_use(opt.pid, &before);
    int64_t began_ns = now_ns();
    run(began_ns);
    double took_s = (now_ns() - began_ns) / 1e9;
    if (took_s > opt.seconds && !opt.stream) took_s = opt.seconds;
    if (opt.pid) add_use(opt.pid, &after);
    int unfinished = opt.connections - free_count;
    print_figures(took_s, &before, &after);
    if (unfinished) tell_unfinished();
    return errors || other_status || unfinished;
}
