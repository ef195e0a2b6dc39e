import MomentsCore
import MomentsSupervisor
import MomentsSystem
import MomentsTestSupport
import Synchronization
import Testing

/// What every observer can rely on, whichever place it has in the list.
@Suite("any observer", .scratchFolder, .timeLimit(.minutes(5)))
struct ObserverContractTests {
    /// Writes down everything in the order it is told.
    private final class Witness: JobObserver {
        enum Heard: Equatable {
            case change(job: String, from: JobStatus?, to: JobStatus, event: JobEvent?)
            case removal(String)
            case problem(String)
        }

        private let heard = Mutex<[Heard]>([])

        var all: [Heard] { heard.withLock { $0 } }

        func jobChanged(_ transition: JobTransition) {
            let job = transition.after
            let change = Heard.change(
                job: job.jobID,
                from: transition.before,
                to: job.status,
                event: transition.event
            )
            heard.withLock { $0.append(change) }
        }

        func jobRemoved(_ jobID: String) { heard.withLock { $0.append(.removal(jobID)) } }

        func problem(_ text: String) { heard.withLock { $0.append(.problem(text)) } }
    }

    /// Hears nothing but the end of jobs: it only says what it is interested in.
    private final class Ends: JobObserver {
        let jobs = Mutex<Set<String>>([])
        private let changes = ScratchFolder.changes

        func jobChanged(_ transition: JobTransition) {
            if transition.isNews, transition.after.status.isFinal {
                jobs.withLock { _ = $0.insert(transition.after.jobID) }
                changes.announce()
            }
        }
    }

    @Test("all hear the same in the same order; each change goes on where the last one ended, and a removal is the end")
    func order() async throws {
        let house = try House()
        let (first, second, ends) = (Witness(), Witness(), Ends())
        let supervisor = Supervisor(house.configuration, observers: [first, house.recorder, ends, second])
        try await supervisor.start()
        try house.drop("beach.mp4")
        try house.drop("fail.mp4", "another")
        try house.drop("slow.mp4", "a third")
        await eventually { house.status("beach.mp4") == .completed && house.status("fail.mp4") == .failed }
        await eventually { house.status("slow.mp4") == .processing }
        try house.drop("beach.mp4.request.json", "12")
        try Folder.removeFile(house.inbox.appending("slow.mp4"))
        await eventually { house.results().count == 2 && house.recorder.now.removed.count == 2 }
        await eventually { ends.jobs.withLock { $0.count } == 4 }
        await supervisor.stop()
        #expect(first.all == second.all)
        var statuses: [String: JobStatus] = [:]
        var removed: Set<String> = []
        for heard in first.all {
            switch heard {
            case .change(let job, let before, let after, let event):
                #expect(!removed.contains(job), "nothing is told of a job that is no more")
                #expect(before == statuses[job])
                // What a worker told changes no status, except that it is the first that is told of it.
                if event != nil, before != nil { #expect(after == .processing) }
                statuses[job] = after
            case .removal(let job): removed.insert(job)
            case .problem: break
            }
        }
        #expect(statuses.count == 4)
        #expect(removed.count == 2)
    }
}
