import Foundation
import Glibc
import MomentsCore
import MomentsSystem
import Synchronization

/// A server on the loopback address that answers each request with the next of some replies, and keeps what it was asked.
final class StubModel: Sendable {
    /// A reply: its status line's code, further headers, and its body.
    struct Reply: Sendable {
        var status = 200
        var headers: [String] = []
        let body: String
    }

    /// A request: its head and its body.
    struct Request: Sendable {
        let head: String
        let body: [UInt8]
    }

    /// Where it is asked.
    let url: String
    private let requests = Mutex<[Request]>([])
    private let listener: Descriptor

    /// Starts it; the last reply is repeated.
    init(_ replies: [Reply]) throws {
        listener = Descriptor(taking: socket(AF_INET, CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue), 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let number = listener.number
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, size) == 0 && listen(number, 8) == 0 && getsockname(number, $0, &size) == 0
            }
        }
        guard isBound else { throw SystemError("listen on", "the loopback address", code: errno) }
        url = "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))/v1/chat/completions"
        Thread.detachNewThread { [weak self] in
            var left = replies
            while true {
                let accepted = accept(number, nil, nil)
                guard accepted >= 0, let self else { return }
                let connection = Descriptor(taking: accepted)
                self.requests.withLock { $0.append(Self.read(connection)) }
                guard let reply = left.first else { return }
                if left.count > 1 { left.removeFirst() }
                let head =
                    ["HTTP/1.1 \(reply.status) X", "Content-Length: \(reply.body.utf8.count)", "Connection: close"]
                    + reply.headers
                try? connection.write((head + ["", reply.body]).joined(separator: "\r\n").utf8, to: "a model's client")
            }
        }
    }

    deinit { shutdown(listener.number, CInt(SHUT_RDWR)) }

    /// What it was asked so far.
    var asked: [Request] { requests.withLock { $0 } }

    private static func read(_ connection: borrowing Descriptor) -> Request {
        var bytes: [UInt8] = []
        let end = Array("\r\n\r\n".utf8)
        var body: Int?
        while true {
            if let body, bytes.count >= body { break }
            guard let more = try? connection.receive(atMost: 256 << 10, from: "a client"), !more.isEmpty else { break }
            bytes += more
            if body == nil, let start = bytes.firstRange(of: end)?.upperBound {
                let head = String(decoding: bytes[..<start], as: UTF8.self)
                let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                body = start + (length.flatMap { Int($0.split(separator: " ")[1]) } ?? 0)
                if head.lowercased().contains("expect: 100-continue") {
                    try? connection.write("HTTP/1.1 100 Continue\r\n\r\n".utf8, to: "a client")
                }
            }
        }
        let start = bytes.firstRange(of: end)?.upperBound ?? bytes.count
        return Request(head: String(decoding: bytes[..<start], as: UTF8.self), body: Array(bytes[start...]))
    }
}
