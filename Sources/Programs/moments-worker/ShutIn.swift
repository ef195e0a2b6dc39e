internal import Glibc
internal import MomentsCore
internal import MomentsSystem

/// Becomes a command that is shut in: a judge's, which is started by those who start workers.
enum ShutIn {
    /// Runs `ROOM READABLE HIDDEN… -- COMMAND…`.
    ///
    /// - Parameter words: The words behind `--shut-in`.
    /// - Returns: The exit status where the command cannot be started: 127, or 2 for words that make no sense.
    static func run(_ words: some Sequence<String>) -> Int32 {
        let words = words.map { FilePath($0) }
        guard let end = words.firstIndex(of: "--"), end >= 2, end + 1 < words.count else {
            return complain("--shut-in takes ROOM READABLE HIDDEN… -- COMMAND…", code: 2)
        }
        let error = Sandbox.become(
            Array(words[(end + 1)...]),
            room: words[0],
            readable: [words[1]],
            hidden: Array(words[2..<end])
        )
        return complain("\(error)", code: 127)
    }

    private static func complain(_ text: String, code: Int32) -> Int32 {
        var text = "moments-worker: \(text)\n"
        _ = text.withUTF8 { write(2, $0.baseAddress, $0.count) }
        return code
    }
}
