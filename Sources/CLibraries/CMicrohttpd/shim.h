#include <ctype.h>
#include <microhttpd.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>

static inline void moments_http_set_timeout(struct MHD_Connection *connection, unsigned int seconds) {
    MHD_set_connection_option(connection, MHD_CONNECTION_OPTION_TIMEOUT, seconds);
}

// The socket of a connection.
static inline int moments_http_socket(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    return info ? info->connect_fd : -1;
}

// The user at the other end of a Unix socket; the greatest number where that is not known.
static inline unsigned int moments_http_user(int socket) {
    // struct ucred, which the C library shows only to _GNU_SOURCE.
    struct { int process; unsigned int user, group; } peer = {0, ~0U, ~0U};
    socklen_t size = sizeof peer;
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 ? peer.user : ~0U;
}

// Whether the head of a request announces a body.
static inline bool moments_http_has_body(struct MHD_Connection *connection) {
    const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
    return (length && strspn(length, "0") != strlen(length))
        || MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Transfer-Encoding");
}

// Resolves percent escapes, but for that of NUL: behind it nobody would see anything.
static inline size_t moments_http_unescape(void *nothing, struct MHD_Connection *connection, char *text) {
    (void)nothing;
    (void)connection;
    char *from = text, *to = text;
    while (*from) {
        unsigned int digits[2] = {0};
        int read = 0;
        while (*from == '%' && read < 2 && isxdigit((unsigned char)from[read + 1])) {
            int digit = tolower((unsigned char)from[read + 1]);
            digits[read++] = (unsigned int)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        unsigned int byte = digits[0] * 16 + digits[1];
        if (read == 2 && byte != 0) {
            *to++ = (char)byte;
            from += 3;
        } else {
            *to++ = *from++;
        }
    }
    *to = 0;
    return (size_t)(to - text);
}

// MHD_start_daemon is variadic, which Swift cannot call.
static inline struct MHD_Daemon *moments_http_start(MHD_socket listening, unsigned int connections,
                                                    unsigned int timeout, size_t memory,
                                                    MHD_AccessHandlerCallback handler, void *context,
                                                    MHD_NotifyConnectionCallback notify, void *places) {
    return MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handler, context,
                            MHD_OPTION_LISTEN_SOCKET, listening, MHD_OPTION_CONNECTION_LIMIT, connections,
                            MHD_OPTION_CONNECTION_TIMEOUT, timeout, MHD_OPTION_CONNECTION_MEMORY_LIMIT, memory,
                            MHD_OPTION_NOTIFY_CONNECTION, notify, places, MHD_OPTION_UNESCAPE_CALLBACK,
                            moments_http_unescape, NULL, MHD_OPTION_END);
}
