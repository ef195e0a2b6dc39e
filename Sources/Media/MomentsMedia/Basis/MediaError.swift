internal import CLibAV
public import MomentsCore

/// Why work on a video failed.
///
/// What the kernel refused is thrown as it is, as `SystemError`.
public enum MediaError: Error, Hashable, Sendable {
    /// A libav call failed: the step as a short verb phrase ("open", "decode"), the file, stream or codec it was applied
    /// to as harmless text, and the negative code it returned.
    case call(_ operation: String, _ subject: String, code: CInt)
    /// The video is not fit for what was wanted of it; half a sentence says why.
    case unfit(String)
    /// Not one frame of a part of the video can be decoded; nil for all of it.
    case nothingDecodes(TimeRange?)

    /// Makes the error of a libav call from its parts.
    public init(_ operation: String, _ subject: String, code: CInt) {
        self = .call(operation, subject, code: code)
    }

    /// What went wrong, without what it was for; of a call in libav's words.
    public var reason: String {
        switch self {
        case .unfit(let reason): return reason
        case .nothingDecodes: return "nothing can be decoded"
        case .call(_, _, let code):
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(AV_ERROR_MAX_STRING_SIZE)) { text in
                guard let start = text.baseAddress, av_strerror(code, start, text.count) >= 0 else {
                    return "error \(code)"
                }
                return String(cString: start)
            }
        }
    }

    /// The step that failed; nil where it was no call.
    public var operation: String? {
        if case .call(let operation, _, _) = self { operation } else { nil }
    }

    /// Whether the job was told to stop.
    public var isInterruption: Bool { hasCode(moments_averror_exit) }

    /// Whether the disk could not be read.
    public var isReadFailure: Bool {
        hasCode(moments_averror(EIO)) || hasCode(moments_averror(ESTALE))
    }

    /// Whether the disk or the quota is full.
    public var isOutOfSpace: Bool {
        [ENOSPC, EDQUOT, EFBIG].contains { hasCode(moments_averror($0)) }
    }

    /// Whether the content makes no sense to the demuxer or the decoder.
    public var isInvalidData: Bool { hasCode(moments_averror_invaliddata) }

    /// Whether memory ran out, or a frame is larger than is allowed.
    public var isOutOfMemory: Bool { hasCode(moments_averror(ENOMEM)) }

    private func hasCode(_ wanted: CInt) -> Bool {
        if case .call(_, _, let code) = self { code == wanted } else { false }
    }

    package static func outOfMemory(_ operation: String, _ subject: String) -> MediaError {
        MediaError(operation, subject, code: moments_averror(ENOMEM))
    }

    package static func interrupted(_ operation: String, _ subject: String) -> MediaError {
        MediaError(operation, subject, code: moments_averror_exit)
    }
}

extension MediaError: CustomStringConvertible {
    /// One harmless line: of a call its step, subject and reason.
    public var description: String {
        if case .call(let operation, let subject, _) = self {
            "cannot \(operation) \(subject): \(reason)"
        } else {
            reason
        }
    }
}

/// Turns a negative libav result into an error.
@discardableResult
package func check(_ result: CInt, _ operation: String, _ subject: String) throws -> CInt {
    guard result >= 0 else { throw MediaError(operation, subject, code: result) }
    return result
}
