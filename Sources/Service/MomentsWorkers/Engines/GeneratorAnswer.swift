internal import FoundationEssentials
internal import MomentsCore

/// What a generator writes: where the shot is, or why there is none.
struct GeneratorAnswer: Decodable {
    /// The largest answer that is read, in bytes.
    static let largest = 64 << 10

    /// The schema's name.
    let schema: String
    /// The shot's file, in the folder the generator may write into (`TMPDIR`).
    let file: FilePath?
    /// What it cost, in whatever the generator counts.
    let cost: Double?
    /// Why there is no shot.
    let error: String?

    /// Reads an answer.
    ///
    /// - Throws: `JudgeFailure` with a clause that has the generator as its subject.
    static func read(_ bytes: [UInt8]) throws(JudgeFailure) -> (file: FilePath, cost: Double) {
        guard !bytes.isEmpty else { throw JudgeFailure("it answered nothing") }
        guard let answer = try? MomentsJSON.decode(Self.self, from: Data(bytes)),
            answer.schema == "momentsd.generator/1"
        else {
            let start = Escaping.excerpt(String(decoding: bytes.prefix(60), as: UTF8.self), limit: 40)
            throw JudgeFailure("its answer is no momentsd.generator/1 (it begins with '\(start)')")
        }
        if let error = answer.error { throw JudgeFailure("it says: \(Escaping.excerpt(error, limit: 200))") }
        let cost = answer.cost ?? 0
        guard (0...JobEvent.mostCost).contains(cost) else { throw JudgeFailure("its cost makes no sense") }
        guard let file = answer.file, !file.isEmpty else { throw JudgeFailure("its answer names no file") }
        return (file, cost)
    }
}
