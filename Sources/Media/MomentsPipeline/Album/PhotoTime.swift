internal import Glibc
internal import MomentsCore
internal import MomentsMedia

/// When a photo was taken, by what its camera wrote into it.
enum PhotoTime {
    /// Reads it; nil where nothing tells, or what is told cannot be.
    ///
    /// A camera that does not tell its zone is taken to be where this machine is.
    static func read(_ photo: PictureReader.Facts) -> Timestamp? {
        guard let taken = photo.taken else { return nil }
        let numbers = taken.split { !$0.isASCII || !$0.isNumber }.compactMap { Int32($0) }
        guard numbers.count >= 6, (1980...2200).contains(numbers[0]), (1...12).contains(numbers[1]),
            (1...31).contains(numbers[2]), (0...23).contains(numbers[3]), (0...59).contains(numbers[4]),
            (0...60).contains(numbers[5])
        else { return nil }
        var time = tm()
        (time.tm_year, time.tm_mon, time.tm_mday) = (numbers[0] - 1900, numbers[1] - 1, numbers[2])
        (time.tm_hour, time.tm_min, time.tm_sec, time.tm_isdst) = (numbers[3], numbers[4], numbers[5], -1)
        guard let ahead = photo.zone.flatMap(seconds) else {
            return Timestamp(milliseconds: Int64(mktime(&time)) * 1000)
        }
        return Timestamp(milliseconds: (Int64(timegm(&time)) - ahead) * 1000)
    }

    /// The seconds of "+02:00".
    private static func seconds(_ zone: String) -> Int64? {
        let numbers = zone.split { !$0.isASCII || !$0.isNumber }.compactMap { Int64($0) }
        guard let sign = zone.first, "+-".contains(sign), numbers.count >= 2, numbers[0] < 15, numbers[1] < 60 else {
            return nil
        }
        return (sign == "-" ? -1 : 1) * (numbers[0] * 3600 + numbers[1] * 60)
    }
}
