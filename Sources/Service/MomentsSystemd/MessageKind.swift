/// The kinds of events that have an article in the message catalog, `systemd/momentsd.catalog`.
///
/// The raw value is the `MESSAGE_ID`, for `journalctl MESSAGE_ID=…`, and never changes.
public enum MessageKind: String, CaseIterable, Sendable {
    /// The service is ready.
    case serviceStarted = "986dca6df15242819374f014b56357ec"
    /// The service stops.
    case serviceStopping = "f7668934c38c451dbcd6592712819653"
    /// A line of the configuration is ignored.
    case settingsNote = "fdca9000a8284f7096c6aedcb55e42c8"
    /// A video has arrived whole.
    case jobAccepted = "c03d69feb46e49689d545345b995cedb"
    /// A worker begins on it.
    case jobStarted = "78a4d11a5283435a9b6f8cc19cdf04fc"
    /// Its result is in the outbox.
    case jobCompleted = "4dc5e982846143b0bd5086096993273c"
    /// It could not be done.
    case jobFailed = "e9c2c59f2e714da4a41fb02b4680d934"
    /// An attempt failed, and another one follows by itself.
    case jobRetry = "5dc0973362954613af29d78c57ef8d9e"
    /// Its video was removed.
    case jobCancelled = "90e1dfa903794495b681593c9a8b71ed"
    /// A hook failed.
    case hookFailed = "5fb1d3a4c28f4f0a9d5c8e1b7a6f2e03"
    /// Something keeps the service from its work.
    case problem = "82ba6122a7bf4dcb80f1a15e17c7d0e4"
    /// Such a thing is over.
    case problemSolved = "068b6022db4847299bede9cc29c73390"

    /// How much an event of this kind matters.
    var level: JournalEntry.Level {
        switch self {
        case .jobFailed, .problem: .error
        case .settingsNote, .jobRetry, .hookFailed: .warning
        case .serviceStarted, .serviceStopping, .jobCompleted, .problemSolved: .notice
        case .jobAccepted, .jobStarted, .jobCancelled: .info
        }
    }
}
