/* A fake OpenAI provider that costs almost nothing: one thread, epoll, no dependency. Linux.
 *
 *   cc -O2 -o mock mock.c && ./mock 9100          listens on 127.0.0.1 only, SIGTERM ends it
 *
 * Every POST is answered as a chat completion, every GET as the model list. The request steers it:
 *   "stream": true    server-sent events, with the usage chunk and [DONE] at the end
 *   "max_tokens": N   content chunks of the stream (40), about 270 bytes each, one write each
 *   "seed": MS        pause before each content chunk, milliseconds, may be a fraction; 0: all at once
 * A chunk's content is "T", the time it was sent (CLOCK_MONOTONIC in ns, 20 digits) and a space, so
 * `load` on the same machine knows how long it was on its way.
 *
 * Chunks that are due wait in a binary heap by time; a connection is in the heap at most once, and
 * one that closes while in it is freed when its turn comes.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
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

enum { MAX_WAITING = 1 << 16, EVENTS = 512, MAX_REQUEST = 256 << 20 };

typedef struct {
    char *bytes;
    size_t used, room;
} Buffer;

typedef struct {
    int fd;
    bool gone, waiting, streaming, wants_out;
    Buffer in, out;
    long sent, wanted;
    int64_t gap_ns, due_ns;
} Conn;

static int poller;
static Conn *waiting[MAX_WAITING];
static size_t waiting_count;

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * INT64_C(1000000000) + t.tv_nsec;
}

static void make_room(Buffer *buffer, size_t more)
{
    if (buffer->used + more + 1 <= buffer->room) return;
    size_t room = buffer->room ? buffer->room : 4096;
    while (room < buffer->used + more + 1) room *= 2;
    buffer->bytes = realloc(buffer->bytes, room);
    if (!buffer->bytes) { perror("mock"); exit(1); }
    buffer->room = room;
}

static void drop_front(Buffer *buffer, size_t count)
{
    buffer->used -= count;
    memmove(buffer->bytes, buffer->bytes + count, buffer->used);
}

/* ---- the heap of chunks that are due ---- */

static void swap(size_t a, size_t b)
{
    Conn *held = waiting[a];
    waiting[a] = waiting[b];
    waiting[b] = held;
}

static void wait_for_turn(Conn *c)
{
    if (waiting_count == MAX_WAITING) { c->gone = true; return; }
    c->waiting = true;
    size_t at = waiting_count++;
    waiting[at] = c;
    for (; at && waiting[(at - 1) / 2]->due_ns > waiting[at]->due_ns; at = (at - 1) / 2)
        swap(at, (at - 1) / 2);
}

static Conn *next_turn(void)
{
    Conn *first = waiting[0];
    waiting[0] = waiting[--waiting_count];
    for (size_t at = 0;;) {
        size_t least = at, left = 2 * at + 1;
        for (size_t child = left; child < left + 2 && child < waiting_count; child++)
            if (waiting[child]->due_ns < waiting[least]->due_ns) least = child;
        if (least == at) break;
        swap(at, least);
        at = least;
    }
    first->waiting = false;
    return first;
}

/* ---- writing ---- */

static void want_out(Conn *c, bool wants)
{
    if (c->wants_out == wants) return;
    c->wants_out = wants;
    struct epoll_event e = {.events = EPOLLIN | (wants ? EPOLLOUT : 0), .data.ptr = c};
    epoll_ctl(poller, EPOLL_CTL_MOD, c->fd, &e);
}

static void flush(Conn *c)
{
    if (!c->out.used || c->gone) return;
    ssize_t n = send(c->fd, c->out.bytes, c->out.used, MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN) { c->gone = true; return; }
    if (n > 0) drop_front(&c->out, n);
    want_out(c, c->out.used > 0);
}

static void put(Conn *c, const char *bytes, size_t count)
{
    make_room(&c->out, count);
    memcpy(c->out.bytes + c->out.used, bytes, count);
    c->out.used += count;
}

/* One SSE event as one chunk of the chunked encoding. */
__attribute__((format(printf, 2, 3))) static void put_event(Conn *c, const char *format, ...)
{
    char event[1024], size[16];
    va_list values;
    va_start(values, format);
    int n = vsnprintf(event, sizeof event, format, values);
    va_end(values);
    put(c, size, sprintf(size, "%x\r\n", n));
    put(c, event, n);
    put(c, "\r\n", 2);
}

static void put_json(Conn *c, const char *json)
{
    char head[256];
    put(c, head, sprintf(head,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nx-request-id: req_mock\r\n"
        "openai-processing-ms: 1\r\nContent-Length: %zu\r\n\r\n", strlen(json)));
    put(c, json, strlen(json));
}

/* ---- answers ---- */

static const char MODELS[] =
    "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-4o-mini\",\"object\":\"model\",\"created\":1,"
    "\"owned_by\":\"openai\"}]}";

static const char COMPLETION[] =
    "{\"id\":\"chatcmpl-mock0123456789abcdef0123456789\",\"object\":\"chat.completion\","
    "\"created\":1763683200,\"model\":\"gpt-4o-mini\",\"choices\":[{\"index\":0,\"message\":{"
    "\"role\":\"assistant\",\"content\":\"TCP is a conversation in which every word is confirmed and "
    "repeated when it was lost; UDP is a pile of postcards, fast and without a receipt.\","
    "\"refusal\":null,\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
    "\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":40,\"total_tokens\":59,"
    "\"prompt_tokens_details\":{\"cached_tokens\":0},"
    "\"completion_tokens_details\":{\"reasoning_tokens\":0}},"
    "\"system_fingerprint\":\"fp_1234567890\"}";

static const char STREAM_HEAD[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n"
    "Cache-Control: no-cache\r\nx-request-id: req_mock\r\nTransfer-Encoding: chunked\r\n\r\n";

#define CHUNK \
    "data: {\"id\":\"chatcmpl-mock0123456789abcdef0123456789\",\"object\":\"chat.completion.chunk\"," \
    "\"created\":1763683200,\"model\":\"gpt-4o-mini\",\"system_fingerprint\":\"fp_1234567890\","

static void next_chunk(Conn *c)
{
    if (c->sent < c->wanted) {
        put_event(c, CHUNK "\"choices\":[{\"index\":0,\"delta\":{%s\"content\":\"T%020lld \"},"
                  "\"logprobs\":null,\"finish_reason\":null}]}\n\n",
                  c->sent ? "" : "\"role\":\"assistant\",", (long long)now_ns());
        flush(c);
        c->sent++;
        c->due_ns += c->gap_ns;
        if (c->gap_ns) wait_for_turn(c);
        return;
    }
    put_event(c, CHUNK "\"choices\":[{\"index\":0,\"delta\":{},\"logprobs\":null,"
              "\"finish_reason\":\"stop\"}]}\n\n");
    put_event(c, CHUNK "\"choices\":[],\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":%ld,"
              "\"total_tokens\":%ld}}\n\n", c->wanted, c->wanted + 19);
    put_event(c, "data: [DONE]\n\n");
    put(c, "0\r\n\r\n", 5);
    flush(c);
    c->streaming = false;
}

/* Where a top-level-looking field's value begins; good enough for bodies the bench writes. */
static const char *field(const char *body, size_t length, const char *name)
{
    const char *at = memmem(body, length, name, strlen(name)), *end = body + length;
    if (!at) return NULL;
    for (at += strlen(name); at < end && (*at == ' ' || *at == ':'); at++) {}
    return at < end ? at : NULL;
}

static void answer(Conn *c, bool is_get, const char *body, size_t length)
{
    const char *stream = is_get ? NULL : field(body, length, "\"stream\"");
    if (!stream || *stream != 't') {
        put_json(c, is_get ? MODELS : COMPLETION);
        flush(c);
        return;
    }
    const char *tokens = field(body, length, "\"max_tokens\"");
    const char *gap = field(body, length, "\"seed\"");
    c->wanted = tokens ? strtol(tokens, NULL, 10) : 40;
    c->gap_ns = gap ? (int64_t)(strtod(gap, NULL) * 1e6) : 0;
    c->sent = 0;
    c->streaming = true;
    c->due_ns = now_ns() + c->gap_ns;
    put(c, STREAM_HEAD, sizeof STREAM_HEAD - 1);
    if (c->gap_ns) {
        flush(c);
        wait_for_turn(c);
        return;
    }
    while (c->streaming && !c->gone) next_chunk(c);
}

/* ---- reading ---- */

/* Bytes of the request at the front of the buffer, its head in *head; 0: not all here yet. */
static size_t whole_request(const Buffer *in, size_t *head)
{
    const char *end = memmem(in->bytes, in->used, "\r\n\r\n", 4);
    if (!end) return 0;
    *head = end + 4 - in->bytes;
    const char *line = in->bytes;
    while ((line = memmem(line, end + 2 - line, "\r\n", 2)) && line < end) {
        line += 2;
        if (!strncasecmp(line, "content-length:", 15)) {
            size_t total = *head + strtoul(line + 15, NULL, 10);
            return in->used >= total ? total : 0;
        }
        if (!strncasecmp(line, "transfer-encoding:", 18)) {
            const char *last = memmem(in->bytes + *head, in->used - *head, "0\r\n\r\n", 5);
            return last ? (size_t)(last + 5 - in->bytes) : 0;
        }
    }
    return *head;
}

static void answer_all(Conn *c)
{
    size_t head, total;
    while (!c->streaming && !c->gone && c->in.used) {
        c->in.bytes[c->in.used] = 0;
        if (!(total = whole_request(&c->in, &head))) break;
        answer(c, c->in.bytes[0] == 'G', c->in.bytes + head, total - head);
        drop_front(&c->in, total);
    }
    if (c->in.used > MAX_REQUEST) c->gone = true;
}

static void let_go(Conn *c)
{
    if (c->fd >= 0) close(c->fd);
    c->fd = -1;
    if (c->waiting) return; /* its turn frees it */
    free(c->in.bytes);
    free(c->out.bytes);
    free(c);
}

static void serve(Conn *c, uint32_t events)
{
    if (events & EPOLLOUT) flush(c);
    if (events & (EPOLLIN | EPOLLHUP | EPOLLERR)) {
        make_room(&c->in, 16384);
        ssize_t n = recv(c->fd, c->in.bytes + c->in.used, c->in.room - c->in.used - 1, 0);
        if (n == 0 || (n < 0 && errno != EAGAIN)) c->gone = true;
        if (n > 0) {
            c->in.used += n;
            answer_all(c);
        }
    }
    if (c->gone) let_go(c);
}

static void accept_all(int listener)
{
    int one = 1;
    for (int fd; (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0;) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        Conn *c = calloc(1, sizeof *c);
        if (!c) { close(fd); return; }
        c->fd = fd;
        struct epoll_event e = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(poller, EPOLL_CTL_ADD, fd, &e);
    }
}

static int listen_on(int port)
{
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons(port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, 4096)) {
        perror("mock");
        exit(1);
    }
    return fd;
}

int main(int argc, char **argv)
{
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
    int listener = listen_on(argc > 1 ? atoi(argv[1]) : 9100);
    poller = epoll_create1(0);
    struct epoll_event own = {.events = EPOLLIN}, events[EVENTS];
    epoll_ctl(poller, EPOLL_CTL_ADD, listener, &own);
    for (;;) {
        struct timespec left = {0}, *timeout = NULL;
        if (waiting_count) {
            int64_t ns = waiting[0]->due_ns - now_ns();
            if (ns > 0) left = (struct timespec){ns / 1000000000, ns % 1000000000};
            timeout = &left;
        }
        int n = epoll_pwait2(poller, events, EVENTS, timeout, NULL);
        for (int i = 0; i < n; i++) {
            if (events[i].data.ptr) serve(events[i].data.ptr, events[i].events);
            else accept_all(listener);
        }
        int64_t t = now_ns();
        for (int turns = 4096; turns-- && waiting_count && waiting[0]->due_ns <= t;) {
            Conn *c = next_turn();
            if (!c->gone) next_chunk(c);
            if (!c->gone && !c->streaming) answer_all(c);
            if (c->gone) let_go(c);
        }
    }
}
