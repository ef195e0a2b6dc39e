/// What a finished job made; the manifest's `result`.
public struct JobResult: Hashable, Codable, Sendable {
    /// One file of a result.
    public struct Output: Hashable, Codable, Sendable {
        /// What it is, such as "highlight", "thumbnail", "poster", "metadata" or "scenes".
        public let kind: String
        /// Its path inside the result's folder.
        public let path: String
        /// Its size in bytes.
        public let bytes: Int64
        /// The SHA-256 of its content, in hexadecimal.
        public let sha256: String

        /// Makes a description of a file.
        public init(kind: String, path: String, bytes: Int64, sha256: String) {
            self.kind = kind
            self.path = path
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    /// The result's folder inside the outbox; nil until it is published.
    public var folder: FilePath?
    /// The files, in the order they were made.
    public var outputs: [Output]
    /// Seconds of the source.
    public var inputDuration: Double
    /// Seconds of the reel; 0 where there is none.
    public var outputDuration: Double
    /// Shots in the reel.
    public var segmentsSelected: Int
    /// The beginning of what is said in the reel, for those who search; nil where nobody knows what is said.
    public var words: String?

    private enum CodingKeys: String, CodingKey {
        case folder
        case outputs
        case inputDuration = "input_duration"
        case outputDuration = "output_duration"
        case segmentsSelected = "segments_selected"
        case words
    }

    /// Makes a result that is not published yet.
    public init(outputs: [Output], inputDuration: Double, outputDuration: Double, segmentsSelected: Int) {
        self.folder = nil
        self.outputs = outputs
        self.inputDuration = inputDuration
        self.outputDuration = outputDuration
        self.segmentsSelected = segmentsSelected
    }
}
