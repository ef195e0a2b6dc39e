public import MomentsCore

/// The frame rate of an editor's timeline: exact, and counted in timecode.
public struct EditRate: Hashable, Sendable {
    /// Frames per second; positive.
    public let rate: Rational
    /// Whether timecode leaves out numbers so as to keep up with the clock (SMPTE ST 12-1): 29.97 and 59.94.
    public let isDropFrame: Bool

    /// How many frames timecode counts to the second.
    public var nominal: Int64 { (rate.numerator + rate.denominator - 1) / rate.denominator }

    /// The rates editors know.
    private static let standard = [
        Rational(24_000, 1001), Rational(24, 1), Rational(25, 1), Rational(30_000, 1001), Rational(30, 1),
        Rational(48, 1), Rational(50, 1), Rational(60_000, 1001), Rational(60, 1), Rational(100, 1),
        Rational(120_000, 1001), Rational(120, 1),
    ]

    private init(exactly rate: Rational) {
        self.rate = rate
        isDropFrame = rate == Rational(30_000, 1001) || rate == Rational(60_000, 1001)
    }

    /// Chooses the rate for a video.
    ///
    /// An even rate is kept as it is, but for what a container's clock has rounded of a rate editors know. A rate that
    /// varies becomes the nearest whole one.
    ///
    /// - Parameters:
    ///   - average: Frames per second of the video; 25 where it is not known.
    ///   - isVariable: Whether frames follow each other at uneven times.
    public init(of average: Rational, isVariable: Bool) {
        guard average.isPositive, (0.1...1000).contains(average.value) else {
            self.init(exactly: Rational(25, 1))
            return
        }
        func distance(_ other: Rational) -> Double { abs(other.value / average.value - 1) }
        func nearest(_ rates: [Rational]) -> Rational { rates.min { distance($0) < distance($1) } ?? average }
        let known = nearest(Self.standard)
        // A clock of milliseconds rounds 1001/30000 s by a thousandth at most, an average of minutes by far less.
        if distance(known) < 0.0002 {
            self.init(exactly: known)
        } else if isVariable, average.value > 20 {
            // What a phone lost of thirty frames a second leaves 29.9, which means thirty.
            self.init(exactly: nearest(Self.standard.filter { $0.denominator == 1 }))
        } else {
            self.init(exactly: average)
        }
    }

    /// The rate at which the same video is counted where a second may have two digits of frames at most.
    var forTimecode: EditRate {
        var slower = rate
        while slower.value > 60 { slower = Rational(slower.numerator, slower.denominator * 2) }
        return EditRate(exactly: slower)
    }

    /// The frame shown at a moment, as editors count them from 0: the nearest one's start.
    func frame(at time: MediaTime) -> Int64 { time.timestamp(in: Rational(rate.denominator, rate.numerator)) }

    /// When a frame begins, or how long so many take.
    func time(of frames: Int64) -> MediaTime {
        MediaTime(timestamp: frames, base: Rational(rate.denominator, rate.numerator))
    }
}

extension EditRate {
    /// Frames as timecode: "01:02:03:04", or "01:02:03;04" where numbers are dropped.
    ///
    /// - Parameter frames: Not negative; beyond a day it starts again at 0, as timecode does.
    /// - Returns: The timecode.
    func timecode(_ frames: Int64) -> String {
        var number = max(0, frames)
        if isDropFrame {
            // Of each minute but every tenth the first numbers are left out.
            let dropped = nominal / 15
            let minute = nominal * 60 - dropped
            let tenMinutes = minute * 10 + dropped
            let (tens, rest) = (number / tenMinutes, number % tenMinutes)
            number += tens * 9 * dropped
            if rest >= nominal * 60 { number += ((rest - nominal * 60) / minute + 1) * dropped }
        }
        let seconds = number / nominal
        let parts = [seconds / 3600 % 24, seconds / 60 % 60, seconds % 60, number % nominal].map(Self.twoDigits)
        return parts[0] + ":" + parts[1] + ":" + parts[2] + (isDropFrame ? ";" : ":") + parts[3]
    }

    /// The frame a timecode names, as files carry it in their tags; nil for anything else.
    public func frames(timecode text: String) -> Int64? {
        let parts = text.split(omittingEmptySubsequences: false) { ":;.".contains($0) }
        let numbers = parts.compactMap { $0.count <= 3 ? Int64($0) : nil }
        guard parts.count == 4, numbers.count == 4, numbers.allSatisfy({ $0 >= 0 }), numbers[0] < 24, numbers[1] < 60,
            numbers[2] < 60, numbers[3] < nominal
        else { return nil }
        let minutes = numbers[0] * 60 + numbers[1]
        let count = (minutes * 60 + numbers[2]) * nominal + numbers[3]
        return isDropFrame ? count - nominal / 15 * (minutes - minutes / 10) : count
    }

    private static func twoDigits(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
