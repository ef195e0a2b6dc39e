/// What clients of the status socket may use.
enum StatusLimits {
    /// Connections at once.
    static let mostConnections: UInt32 = 256
    /// Those of them that are kept for whoever comes while somebody is being sent away.
    static let spare = 16
    /// Event streams at once, and those of one user; the others stay free for short questions.
    static let mostListeners = 48
    static let mostListenersOfUser = 24
    /// Seconds a client has to send its request: everybody is on this machine, and whoever only keeps a place loses it.
    static let patience: UInt32 = 5
    /// Seconds after which a connection whose client does not read its answer, or asks nothing more, is closed.
    static let patienceForReading: UInt32 = 10
    /// Seconds after which a listener who does not read is given up.
    static let patienceForListening: UInt32 = 60
    /// Bytes for one connection's request and answer headers; a longer request is refused.
    static let memory = 16 << 10
}
