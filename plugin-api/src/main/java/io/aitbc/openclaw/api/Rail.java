package io.aitbc.openclaw.api;

/** A means of payment. Amounts of different rails never mix, even where their symbols are the same. */
public enum Rail {
    /** The AITBC chain: 1 AIT is 3600 integer base units ("compute-seconds"). */
    AITBC("AIT", 3600);

    private final String symbol;
    private final long unitsPerCoin;

    Rail(String symbol, long unitsPerCoin) {
        this.symbol = symbol;
        this.unitsPerCoin = unitsPerCoin;
    }

    public String symbol() {
        return symbol;
    }

    public long unitsPerCoin() {
        return unitsPerCoin;
    }
}
