internal import CMicrohttpd
internal import Glibc
internal import MomentsCore

/// Turns the library's calls into questions to the router, and answers into the library's responses.
///
/// Only the library's own thread comes here.
final class StatusResponder: Sendable {
    let board: StatusBoard
    let places = Places(most: Int(StatusLimits.mostConnections) - StatusLimits.spare)

    init(board: StatusBoard) { self.board = board }

    /// The library's call for a request: once when its head has been read, and again when there is no more of it.
    ///
    /// An answer to the first call would end the connection, and with it the questions that were sent meanwhile. So only
    /// what is refused is answered then: it has no business sending a body.
    static let handle: MHD_AccessHandlerCallback = { context, connection, url, method, _, _, _, request in
        guard let context, let connection, let url, let method, let request else { return .NO }
        let responder = Unmanaged<StatusResponder>.fromOpaque(context).takeUnretainedValue()
        let isQuestion = ["GET", "HEAD"].contains(String(cString: method)) && !moments_http_has_body(connection)
        if isQuestion, request.pointee == nil {
            request.pointee = UnsafeMutableRawPointer(bitPattern: 1)
            return .YES
        }
        responder.places.set(.asked, of: connection)
        moments_http_set_timeout(connection, StatusLimits.patienceForReading)
        let (path, verb) = (String(cString: url), String(cString: method))
        return responder.respond(to: connection, method: verb, path: path)
    }

    private func respond(to connection: OpaquePointer, method: String, path: String) -> MHD_Result {
        let query = Query()
        withExtendedLifetime(query) {
            let context = Unmanaged.passUnretained(query).toOpaque()
            _ = MHD_get_connection_values(connection, .GET_ARGUMENT_KIND, Query.take, context)
        }
        let router = StatusRouter(board: board)
        let answer =
            moments_http_has_body(connection) && ["GET", "HEAD"].contains(method)
            ? .refusal(400, "a question has no body")
            : router.answer(method: method, path: path, query: query.parameters)
        switch answer.body {
        case .document(let bytes, let type): return send(bytes, type: type, code: answer.code, on: connection)
        case .events(let job):
            // Only a GET waits for what happens.
            guard method == "GET" else { return send([], type: "text/event-stream", code: 200, on: connection) }
            return stream(job, on: connection)
        }
    }

    private func send(_ bytes: [UInt8], type: String, code: UInt32, on connection: OpaquePointer) -> MHD_Result {
        var bytes = bytes
        let response = bytes.withUnsafeMutableBytes {
            MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
        }
        return queue(response, type: type, code: code, on: connection)
    }

    private func stream(_ job: String?, on connection: OpaquePointer) -> MHD_Result {
        let isOneTooMany = places.listeners(besides: connection) >= StatusLimits.mostListenersOfUser
        guard !isOneTooMany, let queue = board.listen(to: job, atMost: StatusLimits.mostListeners) else {
            let refusal = StatusAnswer.refusal(503, "too many listen to events already; try again later")
            guard case .document(let bytes, let type) = refusal.body else { return .NO }
            return send(bytes, type: type, code: refusal.code, on: connection)
        }
        moments_http_set_timeout(connection, StatusLimits.patienceForListening)
        places.set(.listening, of: connection)
        let stream = EventStream(board: board, queue: queue, connection: connection)
        let response = MHD_create_response_from_callback(
            .max,
            4096,
            { context, _, buffer, capacity in
                guard let context, let buffer else { return -1 }
                let stream = Unmanaged<EventStream>.fromOpaque(context).takeUnretainedValue()
                return buffer.withMemoryRebound(to: UInt8.self, capacity: capacity) {
                    stream.read(into: UnsafeMutableBufferPointer(start: $0, count: capacity))
                }
            },
            Unmanaged.passRetained(stream).toOpaque(),
            { context in
                if let context { Unmanaged<EventStream>.fromOpaque(context).release() }
            }
        )
        return self.queue(response, type: "text/event-stream", code: 200, on: connection)
    }

    private func queue(
        _ response: OpaquePointer?,
        type: String,
        code: UInt32,
        on connection: OpaquePointer
    ) -> MHD_Result {
        guard let response else { return .NO }
        defer { MHD_destroy_response(response) }
        var headers = [
            ("Content-Type", type.hasPrefix("text/plain") ? type + "; charset=utf-8" : type),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        if code == 405 { headers.append(("Allow", "GET, HEAD")) }
        for (name, value) in headers { _ = MHD_add_response_header(response, name, value) }
        return MHD_queue_response(connection, code, response)
    }

    /// Collects the parameters behind the question mark.
    private final class Query {
        var parameters: [(key: String, value: String)] = []

        static let take: MHD_KeyValueIterator = { context, _, key, value in
            guard let context, let key else { return .NO }
            let query = Unmanaged<Query>.fromOpaque(context).takeUnretainedValue()
            query.parameters.append((String(cString: key), value.map { String(cString: $0) } ?? ""))
            return .YES
        }
    }
}
