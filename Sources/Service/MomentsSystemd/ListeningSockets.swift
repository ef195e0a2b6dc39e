internal import CSystemd
internal import Glibc

/// The sockets the service manager has opened for us (sd_listen_fds(3)).
public struct ListeningSockets: Sendable {
    /// One socket handed over.
    public struct Socket: Hashable, Sendable {
        /// Its name: `FileDescriptorName=` of the socket unit.
        public let name: String
        /// Its descriptor; whoever uses it closes it.
        public let descriptor: CInt

        /// Describes a socket.
        public init(name: String, descriptor: CInt) {
            self.name = name
            self.descriptor = descriptor
        }
    }

    /// The sockets in the order of their descriptors.
    public let all: [Socket]

    /// Makes a list of sockets.
    public init(all: [Socket]) { self.all = all }

    /// Takes what was handed over; the environment is cleared, so that children do not believe it is theirs.
    public static func take() -> ListeningSockets {
        var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        let count = sd_listen_fds_with_names(1, &names)
        defer {
            for index in 0..<Int(max(count, 0)) { free(names?[index]) }
            free(names)
        }
        // The first one is always descriptor 3: SD_LISTEN_FDS_START.
        let sockets = (0..<max(count, 0)).map { index in
            Socket(name: names?[Int(index)].map { String(cString: $0) } ?? "", descriptor: 3 + index)
        }
        return ListeningSockets(all: sockets)
    }

    /// The listening stream socket on a path that goes by `name`, or else the first such one; nil without any.
    public func unixStream(named name: String) -> CInt? {
        let fitting = all.filter { sd_is_socket_unix($0.descriptor, CInt(SOCK_STREAM.rawValue), 1, nil, 0) > 0 }
        return (fitting.first { $0.name == name } ?? fitting.first)?.descriptor
    }
}
