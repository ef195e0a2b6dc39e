internal import MomentsSystem

/// Runs slow disk work (syncing results, removing trees) beside the supervisor, one thing after the other.
actor DiskQueue {
    nonisolated let executor: QueueExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(_ label: String) { executor = QueueExecutor(label: label) }

    /// Runs one piece of work.
    func run<Result: Sendable>(_ work: @Sendable () -> Result) -> Result { work() }
}
