internal import MomentsCore
internal import MomentsSystem

extension RootedDirectory {
    /// How long ago a file in it changed; zero where another machine's clock tells.
    func age(of status: FileStatus, _ path: FilePath) -> Duration {
        if IOTimeout.isNeeded(at: root.appending(path)) { return .zero }
        return .seconds(max(0, Double(Timestamp.now.milliseconds) / 1000 - Double(status.changed) / 1e9))
    }
}
