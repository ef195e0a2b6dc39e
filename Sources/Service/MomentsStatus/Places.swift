internal import CMicrohttpd
internal import Glibc
internal import Synchronization

/// Who is connected, so that nobody on this machine keeps the places of others.
///
/// Each user has a part of the places. Where one is wanted and there is none, somebody goes: of that user, or of the one
/// who has most; first those whose question is not whole yet, then those who only keep their place, oldest first.
final class Places: Sendable {
    /// Places of one user.
    static let perUser = 64

    /// What a connection does.
    enum Phase: Int, Sendable {
        case asking
        case asked
        case listening
    }

    private struct Place {
        let socket: CInt
        let user: UInt32
        /// The order in which it came, or began to do what it does.
        var number: Int
        var phase = Phase.asking
    }

    private struct State {
        var places: [UInt: Place] = [:]
        var numbers = 0
    }

    private let most: Int
    private let state = Mutex(State())

    /// - Parameter most: All places there are.
    init(most: Int) { self.most = most }

    /// The library's call when a connection comes or goes.
    static let notify: MHD_NotifyConnectionCallback = { context, connection, _, what in
        guard let context, let connection else { return }
        let places = Unmanaged<Places>.fromOpaque(context).takeUnretainedValue()
        if what.rawValue == 0 { places.add(connection) } else { places.remove(connection) }
    }

    /// Takes in what a connection does now.
    func set(_ phase: Phase, of connection: OpaquePointer) {
        state.withLock { state in
            state.numbers += 1
            state.places[UInt(bitPattern: connection)]?.phase = phase
            state.places[UInt(bitPattern: connection)]?.number = state.numbers
        }
    }

    /// How many listen to events, of the same user as this connection.
    func listeners(besides connection: OpaquePointer) -> Int {
        state.withLock { state in
            guard let user = state.places[UInt(bitPattern: connection)]?.user else { return 0 }
            return state.places.values.count { $0.user == user && $0.phase == .listening }
        }
    }

    private func add(_ connection: OpaquePointer) {
        let socket = moments_http_socket(connection)
        let user = moments_http_user(socket)
        state.withLock { state in
            state.numbers += 1
            let ofUser = state.places.values.count { $0.user == user }
            if ofUser >= Self.perUser {
                Self.end(of: user, in: &state)
            } else if state.places.count >= most {
                let counts = Dictionary(grouping: state.places.values, by: \.user).mapValues(\.count)
                if let greediest = counts.max(by: { $0.value < $1.value }) { Self.end(of: greediest.key, in: &state) }
            }
            state.places[UInt(bitPattern: connection)] = Place(socket: socket, user: user, number: state.numbers)
        }
    }

    private func remove(_ connection: OpaquePointer) {
        state.withLock { _ = $0.places.removeValue(forKey: UInt(bitPattern: connection)) }
    }

    /// Has the library close one connection of a user: it finds the end of the stream.
    private static func end(of user: UInt32, in state: inout State) {
        let first = state.places.filter { $0.value.user == user && $0.value.phase != .listening }
            .min { ($0.value.phase.rawValue, $0.value.number) < ($1.value.phase.rawValue, $1.value.number) }
        guard let first else { return }
        shutdown(first.value.socket, CInt(SHUT_RDWR))
        state.places.removeValue(forKey: first.key)
    }
}
