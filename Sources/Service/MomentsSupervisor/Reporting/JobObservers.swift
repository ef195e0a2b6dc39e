internal import MomentsCore

/// Those who hear what the supervisor does, told one after the other.
struct JobObservers: JobObserver {
    private let all: [any JobObserver]

    init(_ all: [any JobObserver]) { self.all = all }

    func jobChanged(_ transition: JobTransition) { for observer in all { observer.jobChanged(transition) } }
    func jobRemoved(_ jobID: String) { for observer in all { observer.jobRemoved(jobID) } }
    func resultRemoved(_ folder: FilePath) { for observer in all { observer.resultRemoved(folder) } }
    func healthChanged(_ health: SupervisorHealth) { for observer in all { observer.healthChanged(health) } }
    func note(_ text: String) { for observer in all { observer.note(text) } }
    func problem(_ text: String) { for observer in all { observer.problem(text) } }
    func workerSaid(_ line: String, job: Manifest) { for observer in all { observer.workerSaid(line, job: job) } }
}
