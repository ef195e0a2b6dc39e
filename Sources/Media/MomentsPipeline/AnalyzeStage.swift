public import MomentsAnalysis
public import MomentsCore
public import MomentsMedia

/// The second stage: what is seen and heard when.
public struct AnalyzeStage: Sendable {
    /// What the stage found.
    public struct Outcome: Hashable, Codable, Sendable {
        /// What the selection chooses by.
        public var signals: Signals
        /// Frames decoded.
        public let framesDecoded: Int
        /// Share of the video's frames that were decoded: 0…1.
        public let decodedShare: Double
        /// Packets the decoders refused.
        public let damagedPackets: Int
        /// Why so much was decoded, in plain words.
        public let reason: String

        /// Whether every frame was decoded, so that nothing depends on what was going to be chosen.
        let isOfAll: Bool

        /// When the last frame has been shown.
        public var end: MediaTime { signals.frames.end }

        private enum CodingKeys: String, CodingKey {
            case signals
            case framesDecoded = "pictures_decoded"
            case decodedShare = "decoded_share"
            case damagedPackets = "damaged_packets"
            case reason
            case isOfAll = "is_of_all"
        }
    }

    /// Analyses: all of the video, or as little as a sound choice needs.
    ///
    /// Memory stays flat: some 10 MB of findings for two hours, beside the decoders' own frames.
    ///
    /// - Parameters:
    ///   - source: The video.
    ///   - options: How much is decoded, and what is looked for.
    ///   - name: Its name, for messages.
    ///   - interrupt: Stops the stage at the next packet.
    ///   - threads: Threads that decode where all is decoded; nil for as many as there are processors, at most four.
    ///   - progress: Told the share done, 0–1, rising.
    /// - Returns: The findings.
    /// - Throws: `JobError` when not one frame can be decoded, or the work was stopped.
    public static func run(
        _ source: MediaSource,
        options: JobOptions,
        name: FilePath,
        interrupt: Interrupt,
        threads: Int? = nil,
        progress: (Double) -> Void
    ) throws(JobError) -> Outcome {
        do {
            let whole = FullAnalysis(source: source, name: name, interrupt: interrupt, threads: threads)
            guard options.analysis == .auto else {
                return try whole.run(reason: "every picture is decoded, as asked for", progress)
            }
            let sparse = SparseAnalysis(source: source, options: options, interrupt: interrupt)
            switch try sparse.run(progress) {
            case .found(let outcome): return outcome
            case .needsAll(let reason): return try whole.run(reason: "every picture is decoded: \(reason)", progress)
            }
        } catch let error as MediaError {
            throw JobError(error, name: name, fallback: .decodeFailed)
        } catch let error as JobError { throw error } catch {
            throw JobError(.decodeFailed, "'\(name.display)' could not be analysed.", detail: "\(error)")
        }
    }
}
