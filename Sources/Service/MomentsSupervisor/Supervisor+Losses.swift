internal import MomentsCore

extension Supervisor {
    /// Takes in that a video is not where it was, before anything tells: what failed for it may have failed for that.
    func missIfGone(_ path: FilePath) async {
        guard case .missing = await reader.look(path), !problems.has(.inbox) else { return }
        perform(tracker.markMissing(path, wasFolder: false, in: &jobs, at: .now))
    }
}
