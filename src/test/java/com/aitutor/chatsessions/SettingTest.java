package com.aitutor.chatsessions;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingTest {
    @Test
    void text() {
        Setting setting = Setting.text("colour", "red", "a colour of three letters", "[a-z]{3}");
        assertThat(setting.fullKey()).isEqualTo("chat-sessions:colour");
        assertThat(setting).hasToString("chat-sessions:colour");
        assertThat(setting.defaultValue()).isEqualTo("red");
        assertThat(setting.accepts()).isEqualTo("a colour of three letters");
        assertThat(setting.valid()).accepts("red").rejects("", "re", "reds", "RED", "red ", "red\n");
    }

    @Test
    void bool() {
        Setting setting = Setting.bool("pretty", true);
        assertThat(setting.defaultValue()).isEqualTo("true");
        assertThat(setting.accepts()).isEqualTo("true or false");
        assertThat(setting.valid()).accepts("true", "false").rejects("", "True", "yes", "1", "none");
    }

    @Test
    void integer() {
        Setting setting = Setting.integer("wheels", "4", 12);
        assertThat(setting.defaultValue()).isEqualTo("4");
        assertThat(setting.accepts()).isEqualTo("an integer from 1 to 12");
        assertThat(setting.valid()).accepts("1", "12").rejects("0", "13", "-1", "4.0", "04", " 4", "9999999999");
    }

    @Test
    void integerWithoutAnUpperBound() {
        Setting setting = Setting.integer("grains", "none", Integer.MAX_VALUE);
        assertThat(setting.accepts()).isEqualTo("an integer, at least 1");
        assertThat(setting.valid()).accepts("1", "2147483647").rejects("0", "2147483648", "99999999999");
    }

    @Test
    void aFurtherConditionNarrows() {
        Setting setting = Setting.integer("wheels", "4", 12).where(text -> text.endsWith("2"), "such as 2 or 12");
        assertThat(setting.fullKey()).isEqualTo("chat-sessions:wheels");
        assertThat(setting.defaultValue()).isEqualTo("4");
        assertThat(setting.accepts()).isEqualTo("such as 2 or 12");
        assertThat(setting.valid()).accepts("2", "12").rejects("1", "22");
    }

    @Test
    void aFurtherWordWidens() {
        Setting setting = Setting.integer("wheels", "none", 12).or("none");
        assertThat(setting.fullKey()).isEqualTo("chat-sessions:wheels");
        assertThat(setting.defaultValue()).isEqualTo("none");
        assertThat(setting.accepts()).isEqualTo("an integer from 1 to 12, or none");
        assertThat(setting.valid()).accepts("1", "none").rejects("0", "None", "");
    }
}
