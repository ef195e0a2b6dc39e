internal import FoundationEssentials
internal import Glibc
public import MomentsCore
internal import MomentsSystem

/// What each owner has had of the workers, whose turn it is, and what they had today.
///
/// Start-time fair queueing: each owner has a mark that grows with the work begun for it, and the smallest is next. Who
/// comes anew, or back, begins where the others are, so that nobody saves up turns. What was begun and did not end (the
/// service was killed, or there was no room) is taken back, and its owner goes on first.
public struct OwnerAccounts: Hashable, Sendable {
    /// What one owner has had.
    private struct Account: Hashable, Codable {
        let owner: Owner
        /// Seconds of work begun for it, counted from the others' mark when it came.
        var mark: Double
        /// Whether something of it was cut off, so that it goes on before the others.
        var wasCutOff = false
        /// The day of what follows, in days since 1970.
        var day: Int
        /// What was begun on that day, in bytes, and in time of video.
        var bytes: Int64 = 0
        var seconds = WrittenSeconds()
    }

    /// What is begun and has not ended.
    private struct Charge: Hashable, Codable {
        let job: String
        let owner: Owner
        let day: Int
        let cost: Double
        let bytes: Int64
        var seconds = WrittenSeconds()
    }

    private struct Document: Codable {
        let mark: Double
        let accounts: [Account]
        let begun: [Charge]
    }

    /// Where the owners are whose turn was last.
    private var mark = 0.0
    private var accounts: [Owner: Account] = [:]
    private var begun: [String: Charge] = [:]

    /// Makes accounts in which nobody has had anything.
    public init() {}

    /// Reads what an earlier service saved.
    ///
    /// What was at work then was cut off. Without such a file nobody has had anything.
    public init(file: FilePath) {
        guard let opened = try? Descriptor.openRegular(file), let bytes = try? opened.read(16 << 20, at: 0, of: file),
            let document = try? MomentsJSON.decode(Document.self, from: Data(bytes)), document.mark.isFinite
        else { return }
        mark = document.mark
        for account in document.accounts where account.mark.isFinite {
            accounts[account.owner] = account
        }
        for charge in document.begun where charge.cost.isFinite { begun[charge.job] = charge }
        for job in begun.keys.sorted() { takeBack(job) }
    }

    /// Writes the accounts; failing to do so is no error: turns begin anew then.
    public func save(to file: FilePath) {
        let document = Document(
            mark: mark,
            accounts: accounts.values.sorted { $0.owner.label < $1.owner.label },
            begun: begun.values.sorted { $0.job < $1.job }
        )
        guard let content = try? MomentsJSON.line(document) else { return }
        _ = try? AtomicFile.replace(file, with: content, durable: false)
    }

    /// Whose turn it is: the smaller comes first.
    public func turn(of owner: Owner) -> (wasCutOff: Int, mark: Double) {
        let account = accounts[owner]
        return (account?.wasCutOff == true ? 0 : 1, max(mark, account?.mark ?? 0))
    }

    /// How many jobs of an owner are at work.
    public func running(_ owner: Owner) -> Int { begun.values.count { $0.owner == owner } }

    /// What an owner has had on a day, in bytes and in time of video.
    public func used(by owner: Owner, on day: Int) -> (bytes: Int64, video: Duration) {
        guard let account = accounts[owner], account.day == day else { return (0, .zero) }
        return (account.bytes, account.seconds.duration)
    }

    /// Takes in that work on a video begins.
    ///
    /// - Parameters:
    ///   - job: The job.
    ///   - owner: Whose it is.
    ///   - bytes: The video's size.
    ///   - day: Today, in days since 1970.
    public mutating func begin(_ job: String, of owner: Owner, bytes: Int64, on day: Int) {
        // Ten megabytes are about a second of work, and no job takes less than some.
        let cost = 5 + Double(bytes) / 10e6
        mark = turn(of: owner).mark
        // Who has nothing ahead of the others and had nothing today need not be remembered.
        accounts = accounts.filter { $0.value.mark > mark || $0.value.day == day }
        var account = accounts[owner] ?? Account(owner: owner, mark: mark, day: day)
        if account.day != day { (account.day, account.bytes, account.seconds.duration) = (day, 0, .zero) }
        account.mark = max(mark, account.mark) + cost
        account.wasCutOff = false
        account.bytes += bytes
        accounts[owner] = account
        begun[job] = Charge(job: job, owner: owner, day: day, cost: cost, bytes: bytes)
    }

    /// Takes in how long the video is that is worked on.
    public mutating func add(_ length: Duration, to job: String) {
        guard let charge = begun[job], length > .zero, charge.seconds.duration == .zero else { return }
        begun[job]?.seconds.duration = length
        if accounts[charge.owner]?.day == charge.day { accounts[charge.owner]?.seconds.duration += length }
    }

    /// Takes in that work on a video has ended.
    public mutating func end(_ job: String) { begun[job] = nil }

    /// Takes in that work on a video was cut off and is to go on: it was no turn.
    public mutating func takeBack(_ job: String) {
        guard let charge = begun.removeValue(forKey: job), var account = accounts[charge.owner] else { return }
        account.mark -= charge.cost
        account.wasCutOff = true
        if account.day == charge.day {
            account.bytes = max(0, account.bytes - charge.bytes)
            account.seconds.duration = max(.zero, account.seconds.duration - charge.seconds.duration)
        }
        accounts[charge.owner] = account
    }
}
