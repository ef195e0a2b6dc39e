internal import Glibc
public import MomentsCore

/// The least of HTTP/1.1 (RFC 9112) that is needed to ask a server on a Unix socket: one request, one answer.
public struct LocalHTTP: ~Copyable {
    /// The most bytes a head or a whole answer may have.
    static let largestHead = 64 << 10
    static let largestAnswer = 256 << 20

    /// The status code.
    public let code: Int
    private let headers: [(name: String, value: String)]
    private let socket: Descriptor
    private let path: FilePath
    private var body: Body
    private var pending: [UInt8]

    /// How the end of the body is found.
    private enum Body {
        case counted(Int)
        case chunked(left: Int)
        case untilClosed
        case ended
    }

    /// Asks, and waits for the head of the answer.
    ///
    /// - Parameters:
    ///   - target: Path and parameters, such as "/jobs?limit=20", with its percent escapes.
    ///   - path: The server's socket.
    ///   - method: The method.
    ///   - timeout: Seconds each wait may take; nil for ever.
    /// - Throws: `SystemError`; `EPROTO` for an answer that is no HTTP.
    public init(
        get target: String,
        from path: FilePath,
        method: String = "GET",
        timeout: Double? = 10
    ) throws(SystemError) {
        let socket = try UnixSocket.connect(path, timeout: timeout)
        let request = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        try socket.send(Array(request.utf8), to: path)
        var bytes: [UInt8] = []
        var end = bytes.indices.first
        while end == nil {
            guard bytes.count < Self.largestHead, let more = try socket.receive(atMost: 4096, from: path), !more.isEmpty
            else {
                throw SystemError("understand", path, code: EPROTO)
            }
            bytes += more
            end = Self.headEnd(in: bytes)
        }
        let lines = String(decoding: bytes.prefix(end ?? 0), as: UTF8.self).split(separator: "\r\n")
        let words = lines.first?.split(separator: " ", maxSplits: 2) ?? []
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let code = Int(words[1]) else {
            throw SystemError("understand", path, code: EPROTO)
        }
        let headers = lines.dropFirst().compactMap { line -> (name: String, value: String)? in
            guard let colon = line.firstIndex(of: ":") else { return nil }
            let value = line[line.index(after: colon)...].drop { $0 == " " }
            return (line[..<colon].lowercased(), String(value))
        }
        self.code = code
        self.headers = headers
        self.socket = socket
        self.path = path
        self.pending = Array(bytes.dropFirst((end ?? 0) + 4))
        let isEmpty = method == "HEAD" || code == 204 || code == 304
        self.body = isEmpty ? .ended : Self.body(headers)
    }

    /// The value of a header; nil without it.
    public func header(_ name: String) -> String? { headers.first { $0.name == name.lowercased() }?.value }

    /// The next bytes of the body as they come; nil at its end.
    public mutating func next() throws(SystemError) -> [UInt8]? {
        switch body {
        case .ended: return nil
        case .untilClosed:
            let bytes = try take(atMost: .max)
            if bytes.isEmpty { body = .ended }
            return bytes.isEmpty ? nil : bytes
        case .counted(let left):
            let bytes = try left > 0 ? take(atMost: left) : []
            body = left - bytes.count > 0 ? .counted(left - bytes.count) : .ended
            if left > 0 && bytes.isEmpty { throw SystemError("read all of", path, code: EPROTO) }
            return bytes.isEmpty ? nil : bytes
        case .chunked(let left):
            let left = try left > 0 ? left : chunkSize()
            guard left > 0 else {
                body = .ended
                return nil
            }
            let bytes = try take(atMost: left)
            if bytes.isEmpty { throw SystemError("read all of", path, code: EPROTO) }
            body = .chunked(left: left - bytes.count)
            if left == bytes.count { _ = try line() }
            return bytes
        }
    }

    /// All of the body.
    public consuming func content() throws(SystemError) -> [UInt8] {
        var content: [UInt8] = []
        while let more = try next() {
            content += more
            if content.count > Self.largestAnswer { throw SystemError("read all of", path, code: EFBIG) }
        }
        return content
    }

    private mutating func chunkSize() throws(SystemError) -> Int {
        let text = String(decoding: try line().prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
        guard let size = Int(text, radix: 16), size >= 0 else { throw SystemError("understand", path, code: EPROTO) }
        if size == 0 { while try !line().isEmpty {} }
        return size
    }

    private mutating func line() throws(SystemError) -> [UInt8] {
        while true {
            if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
                defer { pending.removeFirst(end + 1) }
                return pending[..<end].filter { $0 != UInt8(ascii: "\r") }
            }
            guard pending.count < Self.largestHead, let more = try socket.receive(atMost: 4096, from: path),
                !more.isEmpty
            else {
                throw SystemError("understand", path, code: EPROTO)
            }
            pending += more
        }
    }

    private mutating func take(atMost count: Int) throws(SystemError) -> [UInt8] {
        if pending.isEmpty {
            guard let more = try socket.receive(atMost: 64 << 10, from: path) else {
                throw SystemError("wait for", path, code: ETIMEDOUT)
            }
            pending = more
        }
        let bytes = Array(pending.prefix(count))
        pending.removeFirst(bytes.count)
        return bytes
    }

    private static func body(_ headers: [(name: String, value: String)]) -> Body {
        if headers.contains(where: { $0.name == "transfer-encoding" && $0.value.lowercased() == "chunked" }) {
            return .chunked(left: 0)
        }
        let length = headers.first { $0.name == "content-length" }.flatMap { Int($0.value) }
        return length.map { $0 > 0 ? .counted($0) : .ended } ?? .untilClosed
    }

    private static func headEnd(in bytes: [UInt8]) -> Int? {
        let mark = Array("\r\n\r\n".utf8)
        guard bytes.count >= mark.count else { return nil }
        return (0...(bytes.count - mark.count)).first { bytes[$0..<($0 + 4)].elementsEqual(mark) }
    }
}

extension Descriptor {
    /// Sends all of `bytes` over a socket; a peer that is gone is an error (EPIPE), never a signal.
    borrowing func send(_ bytes: [UInt8], to path: FilePath) throws(SystemError) {
        var done = 0
        while done < bytes.count {
            let sent = bytes.withUnsafeBytes { buffer in
                retrying {
                    Glibc.send(
                        number,
                        buffer.baseAddress?.advanced(by: done),
                        bytes.count - done,
                        CInt(MSG_NOSIGNAL)
                    )
                }
            }
            guard sent >= 0 else { throw .last("ask", path) }
            done += sent
        }
    }
}
