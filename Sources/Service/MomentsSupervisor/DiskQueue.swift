internal import MomentsSystem

/// Runs slow disk work (syncing results, removing trees) beside the supervisor, one thing after the other.
actor DiskQueue {
    nonisolated let executor = QueueExecutor(label: "momentsd.disk")
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Runs one piece of work.
    func run<Result: Sendable>(_ work: @Sendable () -> Result) -> Result { work() }
}
