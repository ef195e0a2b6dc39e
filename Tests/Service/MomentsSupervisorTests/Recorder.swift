import MomentsCore
import MomentsSupervisor
import MomentsTestSupport
import Synchronization

/// Hears everything a supervisor tells.
final class Recorder: JobObserver {
    struct Heard {
        var manifests: [String: Manifest] = [:]
        var statuses: [String: [JobStatus]] = [:]
        var events: [JobEvent] = []
        var removed: [String] = []
        var problems: [String] = []
        var notes: [String] = []
        var lines: [String] = []
        var health = SupervisorHealth()
        /// The most jobs that were being processed at one moment.
        var mostAtOnce = 0
    }

    private let heard = Mutex(Heard())
    private let changes = ScratchFolder.changes

    var now: Heard { heard.withLock { $0 } }

    func jobChanged(_ transition: JobTransition) {
        let (manifest, event) = (transition.after, transition.event)
        take {
            $0.manifests[manifest.jobID] = manifest
            $0.mostAtOnce = max($0.mostAtOnce, $0.manifests.values.count { $0.status == .processing })
            if $0.statuses[manifest.jobID]?.last != manifest.status {
                $0.statuses[manifest.jobID, default: []].append(manifest.status)
            }
            if let event { $0.events.append(event) }
        }
    }
    func jobRemoved(_ jobID: String) { take { $0.removed.append(jobID) } }
    func healthChanged(_ health: SupervisorHealth) { take { $0.health = health } }
    func note(_ text: String) { take { $0.notes.append(text) } }
    func problem(_ text: String) { take { $0.problems.append(text) } }
    func workerSaid(_ line: String, job: Manifest) { take { $0.lines.append(line) } }

    private func take(_ change: (inout Heard) -> Void) {
        heard.withLock { change(&$0) }
        changes.announce()
    }
}
