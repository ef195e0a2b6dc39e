internal import MomentsCore
internal import MomentsWatch

/// What people are told of requests that nothing obeys, each once.
struct RequestNotices {
    private var told: Set<FilePath> = []
    /// How long a request may wait for its video before anybody is told, in nanoseconds.
    private static let patience: Int64 = 600_000_000_000
    /// More of them are told as a number.
    private static let most = 20
    /// So many are remembered as told.
    private static let mostKept = 10_000

    /// That some requests are for nothing.
    ///
    /// - Parameters:
    ///   - requests: Those there are.
    ///   - now: The moment.
    /// - Returns: What is to be said that was not yet.
    mutating func lone(_ requests: [LoneRequest], at now: Timestamp) -> [Action] {
        // Whoever saves and removes requests without end fills no memory.
        if told.count > Self.mostKept { told = [] }
        let new = requests.filter { request in
            // A request may be saved before its video is; what is plainly misnamed never gets one.
            let isOld = now.milliseconds * 1_000_000 - request.changed > Self.patience
            return (isOld || request.meant != nil) && told.insert(request.path).inserted
        }
        let notes = new.prefix(Self.most).map { Action.note($0.sentence) }
        guard new.count > Self.most else { return notes }
        let more = new.count - Self.most
        return notes + [.note("\(more) more requests lie beside no video of their name; moments doctor counts them.")]
    }
}
