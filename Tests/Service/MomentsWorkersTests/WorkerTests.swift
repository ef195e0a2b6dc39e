import MomentsCore
import MomentsSystem
import MomentsTestSupport
import MomentsWorkers
import Synchronization
import Testing

@Suite("a worker's process", .scratchFolder, .timeLimit(.minutes(5)))
struct WorkerTests {
    private final class Ears: Sendable {
        let events = Mutex<[JobEvent]>([])
        let end = Mutex<WorkerEnd?>(nil)
    }

    private func run(
        _ script: String,
        limits: WorkerLimits = WorkerLimits(),
        stallTimeout: Duration = .seconds(30),
        stop: (Worker) async throws -> Void = { _ in }
    ) async throws -> (events: [JobEvent], end: WorkerEnd) {
        let program = ScratchFolder.path.appending("worker.sh")
        try AtomicFile.replace(program, with: Array("#!/bin/sh\n\(script)\n".utf8), mode: 0o755)
        let spec = JobSpec(
            jobID: JobIdentifier.make(),
            source: "/video.mp4",
            name: "video.mp4",
            staging: "/staging",
            options: JobOptions()
        )
        let (ears, (ended, ending)) = (Ears(), AsyncStream.makeStream(of: Void.self))
        let worker = try Worker.start(
            WorkerCommand([program]),
            spec,
            stallTimeout: stallTimeout,
            limits: limits
        ) { news in
            switch news {
            case .event(let event): ears.events.withLock { $0.append(event) }
            case .complaint: break
            case .ended(let end):
                ears.end.withLock { $0 = end }
                ending.finish()
            }
        }
        try await stop(worker)
        for await _ in ended {}
        return (ears.events.withLock { $0 }, try #require(ears.end.withLock { $0 }))
    }

    @Test("gets its job, is heard to the last word, and says how it ended")
    func whole() async throws {
        let (events, end) = try await run(
            """
            read -r spec; case $spec in *video.mp4*) echo '{"event":"stage_started","stage":"probe"}' ;; esac
            echo "a complaint" >&2
            echo '{"event":"completed","result":{"outputs":[],"input_duration":1,"output_duration":1,"segments_selected":1}}'
            """
        )
        #expect(events == [.stageStarted(.probe)])
        #expect(end.exit == .exited(0))
        #expect(end.complaints == ["a complaint"])
        guard case .completed = end.last else { throw CancellationError() }
    }

    @Test("one that floods every stream is ended by name, and heard no more than it may")
    func flood() async throws {
        var limits = WorkerLimits()
        limits.linesPerJob = 5000
        limits.linesPerSecond = 4000
        let (_, end) = try await run("yes '' & yes '' >&2 & wait", limits: limits)
        #expect(end.stop == .excess("more than 5000 lines"))
        let outcome = WorkerOutcome.judge(end, name: "a.mp4", stallTimeout: .seconds(1), hasMemoryLimit: false)
        guard case .failed(let error, nil) = outcome else { throw CancellationError() }
        #expect(error.kind == .workerCrashed)
        #expect(error.message.contains("wrote more than 5000 lines"))
    }

    @Test("one that does not stop when told to is killed when its time is over, with everything it started")
    func stubborn() async throws {
        let ready = ScratchFolder.path.appending("ready")
        let never = try Gate(ScratchFolder.path.appending("never"))
        let script = "trap '' TERM; \(never.wait) & : >'\(ready)'; \(never.wait)"
        let (_, end) = try await run(script) { worker in
            // Before that it would not be stubborn yet.
            await eventually { (try? FileStatus.of(ready)) != nil }
            worker.stop(.shutdown, grace: .milliseconds(300))
        }
        #expect(end.stop == .shutdown)
        #expect(end.exit == .signalled(9))
    }

    @Test("one that says nothing is ended as stalled")
    func stalled() async throws {
        let never = try Gate(ScratchFolder.path.appending("never"))
        let (_, end) = try await run(never.wait, stallTimeout: .milliseconds(300))
        #expect(end.stop == .stalled)
    }
}
