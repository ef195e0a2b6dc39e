internal import MomentsCore
internal import MomentsSupervisor
internal import MomentsSystemd
internal import Synchronization

/// Tells the journal, and the service manager's status line, what the supervisor does.
final class JournalPublisher: JobObserver {
    private let journal: Journal
    private let notifier: Notifier
    private let outbox: FilePath
    private let troubles = Mutex<[String]>([])

    init(journal: Journal, notifier: Notifier, outbox: FilePath) {
        self.journal = journal
        self.notifier = notifier
        self.outbox = outbox
    }

    func jobChanged(_ transition: JobTransition) {
        let manifest = transition.after
        if case .note(let text) = transition.event { write("\(name(manifest)): \(text)", manifest, kind: nil) }
        if transition.isNews { log(manifest) }
    }

    func note(_ text: String) { journal.write(text) }

    func problem(_ text: String) { journal.write(text, kind: .problem) }

    func workerSaid(_ line: String, job: Manifest) {
        let entry = JournalEntry(
            "moments-worker: \(line)",
            level: .info,
            job: job.jobID,
            source: job.source.path,
            stage: job.stages.first { $0.status == .running }?.name
        )
        journal.write(entry)
    }

    func healthChanged(_ health: SupervisorHealth) {
        let old = troubles.withLock { troubles in
            defer { troubles = health.troubles }
            return troubles
        }
        for solved in old where !health.troubles.contains(solved) {
            journal.write("This is over: \(solved)", kind: .problemSolved)
        }
        notifier.status(Self.line(for: health))
    }

    /// The service manager's status line, such as "2 arriving, 1 waiting, render beach.mp4 63 %, 7 done, 0 failed".
    static func line(for health: SupervisorHealth) -> String {
        let active = health.active.map { job in
            "\(job.stage.isEmpty ? "start" : job.stage) \(job.name.display) \(Int(job.progress)) %"
        }
        let numbers =
            ["\(health.count(.uploading)) arriving", "\(health.count(.pending)) waiting"] + active
            + ["\(health.count(.completed)) done", "\(health.count(.failed)) failed"]
        return (health.troubles.prefix(1) + [numbers.joined(separator: ", ")]).joined(separator: " ")
    }

    private func log(_ manifest: Manifest) {
        let name = name(manifest)
        switch manifest.status {
        case .uploading: break
        case .pending: write("\(name) has arrived whole and waits for a worker.", manifest, kind: .jobAccepted)
        case .processing:
            write("\(name) is being worked on (attempt \(manifest.attempts)).", manifest, kind: .jobStarted)
        case .completed:
            let place =
                manifest.result?.folder.map { "; its result is in \(outbox.appending($0).display)" } ?? ""
            write("\(name): \(manifest.message)\(place).", manifest, kind: .jobCompleted)
        case .failed:
            let again = manifest.nextAttemptAt.map { " It is tried again at \($0)." } ?? ""
            write("\(manifest.message)\(again)", manifest, kind: again.isEmpty ? .jobFailed : .jobRetry)
        case .cancelled: write("\(name) is cancelled: \(manifest.message).", manifest, kind: .jobCancelled)
        }
    }

    private func name(_ manifest: Manifest) -> String { "'\(manifest.source.path.display)'" }

    private func write(_ message: String, _ manifest: Manifest, kind: MessageKind?) {
        journal.write(
            JournalEntry(
                message,
                kind: kind,
                job: manifest.jobID,
                source: manifest.source.path,
                stage: manifest.stages.first { $0.status == .running || $0.status == .failed }?.name,
                error: manifest.error?.kind
            )
        )
    }
}
