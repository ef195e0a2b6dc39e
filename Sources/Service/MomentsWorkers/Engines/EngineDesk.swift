internal import Dispatch
internal import MomentsCore
internal import MomentsSystem
internal import Synchronization

/// Where the work for one command waits for its turn.
final class EngineDesk: Sendable {
    let command: EngineCommand
    private let queues: [SerialQueue]
    private let load: Mutex<[Int]>

    init(_ command: EngineCommand) {
        self.command = command
        queues = (0..<max(1, command.concurrent)).map { _ in SerialQueue(label: "momentsd.engine") }
        load = Mutex([Int](repeating: 0, count: max(1, command.concurrent)))
    }

    /// Does work on the queue with the least of it.
    func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value {
        let queue = load.withLock { load in
            let queue = load.indices.min { load[$0] < load[$1] } ?? 0
            load[queue] += 1
            return queue
        }
        defer { load.withLock { $0[queue] -= 1 } }
        return await queues[queue].run(body)
    }

    /// Waits until nobody is at work; blocks.
    func waitUntilIdle() {
        for queue in queues {
            let isIdle = DispatchSemaphore(value: 0)
            queue.async { isIdle.signal() }
            isIdle.wait()
        }
    }
}
