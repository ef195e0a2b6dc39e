internal import MomentsCore
internal import MomentsSystem

/// How long each stage has taken.
final class StageTimes {
    private(set) var seconds: [(stage: Stage, seconds: Double)] = []
    private var current: (stage: Stage, start: Double)?

    /// A stage begins; the one before it has ended.
    func begin(_ stage: Stage) {
        end()
        current = (stage, MonotonicClock.now)
    }

    /// The stage has ended, or is looked at before it has.
    func end() {
        guard let current else { return }
        seconds.append((current.stage, MonotonicClock.now - current.start))
        self.current = nil
    }
}
